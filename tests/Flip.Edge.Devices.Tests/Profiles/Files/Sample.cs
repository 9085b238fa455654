using System.Text;
using Flip.Edge.Devices.Profiles;

namespace Flip.Edge.Devices.Tests.Profiles.Files;

/// <summary>A profile that has a bit of everything, and is right.</summary>
internal static class Sample
{
    public const string Json = """
        {
          "name": "volta-h",
          "version": 3,
          "title": "Volta H1 to H3",
          "brands": ["Volta", "Amp & Sons"],
          "map": "registers",
          "sources": {
            "manual": { "title": "Volta Modbus map 1.4", "url": null },
            "reader": { "title": "somebody's reader", "url": "https://example.com/volta.py" }
          },
          "source": "manual",
          "confidence": "one_source",
          "transport": {
            "tcp": { "ports": [502, 1502] },
            "rtu_over_tcp": { "ports": [8899] },
            "rtu": { "baud": [9600, 19200], "parity": "even", "stop": 2 },
            "enable": "Menu > Communication > Modbus: on"
          },
          "units": { "main": [1, 247], "meter": [2] },
          "probe": { "order": 30, "when_sunspec_says": ["VOLTA"] },
          "word_order": "low_first",
          "zero": "absent",
          "sentinels": { "u16": ["0xFFFF", 65534], "s32": ["0x7FFFFFFF", -1], "f32": ["0x7F7FFFFF"] },
          "quirks": {
            "connect_delay_ms": { "value": 500, "source": "reader", "confidence": "unsure", "note": "or it resets" },
            "request_gap_ms": { "value": 50 },
            "response_timeout_ms": { "value": [200, 3000] },
            "registers_per_read": { "value": 64 },
            "ignore_transaction_id": { "value": true },
            "strip_echo": { "value": true },
            "one_client": { "value": true },
            "silent_instead_of_exception": { "value": true },
            "word_order_by_setting": { "value": "capacity" },
            "blocks_may_be_missing": { "value": ["batteries", "volts"] },
            "address_shifts": { "value": [-1, 1] }
          },
          "points": {
            "type_code": { "address": "0x0010", "type": "u16" },
            "serial": { "address": 20, "type": "text", "registers": 8, "characters": "low_byte_first", "note": "16 characters" },
            "firmware": { "address": 28, "type": "text", "registers": 4 },
            "capacity": { "function": 4, "address": 100, "type": "u32", "scale": 10, "unit": "Wh", "between": [500, 1000000], "source": ["manual", "reader"], "confidence": "two_sources" },
            "amp_hours": { "address": 102, "type": "s32", "word_order": "high_first", "unit": "Ah", "sentinels": [] },
            "volts": { "address": 104, "type": "u16", "scale": 0.1, "unit": "V", "zero": "invalid" },
            "charge": { "address": 105, "type": "u16", "unit": "W", "kind": "configured" },
            "modules": { "address": 106, "type": "u16", "bits": { "from": 4, "count": 4 } },
            "meter_w": { "on": "meter", "address": 7, "type": "f32", "unit": "W" }
          },
          "tables": {
            "models": { "0x0101": "H1", "258": "H2" },
            "powers": { "0x0101": 5000, "258": "10000" }
          },
          "anchor": [
            { "point": "type_code", "in_table": "models", "not_in": [0] },
            { "point": "serial", "starts_with": ["VT"], "length": [10, 16] },
            { "point": "firmware", "contains": ["v"], "versions": ["1.4", null] }
          ],
          "asleep": [ { "point": "type_code", "in": ["0x0000"] } ],
          "batteries": {
            "bases": [1000, "0x0500"],
            "source": "reader",
            "points": {
              "serial_number": { "address": 0, "type": "text", "registers": 8 },
              "capacity_wh": { "address": 10, "type": "f32", "unit": "Wh" },
              "discharge_w": { "address": 12, "type": "u32", "unit": "W" }
            }
          },
          "nameplate": {
            "manufacturer": { "constant": "Volta" },
            "model": { "table": "models", "of": "type_code" },
            "serial_number": "serial",
            "firmware": { "point": "firmware" },
            "capacity_wh": [
              "capacity",
              { "batteries": "capacity_wh", "when": { "point": "modules", "between": [1, 6] } },
              { "product": ["amp_hours", "volts"], "note": "nominal" },
              { "product": ["modules", 2560] },
              { "missing": "it stands on the label" }
            ],
            "battery_charge_w": "charge",
            "battery_discharge_w": { "batteries": "discharge_w" },
            "inverter_charge_w": { "table": "powers", "of": "type_code", "kind": "rated" },
            "inverter_discharge_w": { "sum": ["meter_w", "charge"] },
            "inverter_rated_w": { "digits_of": "serial", "after": "VT", "scale": 1000 }
          },
          "caveats": [ { "text": "It sleeps at night.", "confidence": "unsure" } ]
        }
        """;

    /// <summary>A SunSpec family.</summary>
    public const string SunSpec = """
        {
          "name": "solis-sun", "version": 1, "title": "Sun", "brands": ["Sun"], "map": "sunspec",
          "sources": { "m": { "title": "map", "url": "https://example.com/m" } }, "source": "m", "confidence": "two_sources",
          "transport": { "tcp": { "ports": [502] } },
          "probe": { "when_sunspec_says": ["SUN"] },
          "points": { "part": { "sunspec_model": 64200, "address": 4, "type": "u16", "scale_factor": 6, "unit": "W" } },
          "anchor": [ { "point": "1.Mn", "starts_with": ["SUN"] } ],
          "sunspec": {
            "ignore": [ { "point": "702.WMaxRtg", "why": "It is always 5000." } ],
            "directory": { "model": 64200, "count": 3, "first": 10, "entry_length": 8, "unit_offset": 2, "part_models": ["Battery"] }
          },
          "nameplate": {
            "capacity_wh": [ { "batteries": "capacity_wh" }, { "sunspec": true } ],
            "inverter_charge_w": "part",
            "inverter_rated_w": [ { "digits_of": "1.Md", "after": "SE" }, { "sunspec": true } ]
          }
        }
        """;

    public const string NoModbus = """
        { "name": "cloudy", "version": 1, "title": "Cloudy", "brands": ["Cloudy"], "map": "none", "no_modbus": "It has no Modbus." }
        """;

    public static DeviceProfile? Read(string json, out IReadOnlyList<ProfileMistake> mistakes) => ProfileFile.Read(Encoding.UTF8.GetBytes(json), out mistakes);

    public static DeviceProfile Read(string json)
    {
        DeviceProfile? profile = Read(json, out IReadOnlyList<ProfileMistake> mistakes);
        Assert.Empty(mistakes);
        return profile!;
    }

    /// <summary>The sample with one passage changed, and what is wrong with it then, one mistake a line.</summary>
    public static string MistakesAfter(string passage, string instead, string sample = Json)
    {
        Assert.Contains(passage, sample, StringComparison.Ordinal);
        Read(sample.Replace(passage, instead, StringComparison.Ordinal), out IReadOnlyList<ProfileMistake> mistakes);
        return string.Join('\n', mistakes);
    }
}
