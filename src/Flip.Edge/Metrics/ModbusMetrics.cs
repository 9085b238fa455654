using Flip.Edge.Monitoring;

namespace Flip.Edge.Metrics;

/// <summary>What all Modbus connections have counted, those that are closed included.</summary>
internal sealed class ModbusMetrics(ModbusConnections connections) : IMetricSource
{
    public void Write(MetricSet set)
    {
        ModbusTotals totals = connections.Totals;
        set.Counter("flip_edge_modbus_requests_total", "Modbus requests sent.").Add(totals.Requests);
        set.Counter("flip_edge_modbus_errors_total", "What went wrong on Modbus, by kind.")
            .Add(totals.Timeouts, ("kind", "timeout"))
            .Add(totals.BrokenFrames, ("kind", "broken_frame"))
            .Add(totals.ForeignFrames - totals.LateReplies, ("kind", "foreign_frame"))
            .Add(totals.LateReplies, ("kind", "late_reply"))
            .Add(totals.Exceptions, ("kind", "exception"))
            .Add(totals.ConnectionFailures, ("kind", "connection"))
            .Add(totals.OtherMaster, ("kind", "other_master"));
        set.Counter("flip_edge_modbus_connects_total", "Modbus connections opened.").Add(totals.Connects);
        set.Counter("flip_edge_modbus_sent_bytes_total", "Bytes sent on Modbus, framing included.").Add(totals.Sent);
        set.Counter("flip_edge_modbus_received_bytes_total", "Bytes received on Modbus, rubbish included.").Add(totals.Received);
    }
}
