using System.Text.Json.Nodes;
using Flip.Edge.Simulator.Demo;

namespace Flip.Edge.Simulator.Tests.Demo;

public class NameplateTextTests
{
    [Fact]
    public void Each_value_comes_with_its_source_and_its_raw_words()
    {
        var device = JsonNode.Parse("""
            { "manufacturer": { "state": "present", "value": "DeviceMaker", "kind": "rated", "source": "SunSpec 1 Mn",
                                "raw": ["0x4465", "0x7669", "0x6365", "0x4D61", "0x6B65"] },
              "capacity_wh": { "state": "present", "value": 15000, "unit": "Wh", "kind": "rated", "source": "SunSpec 802 WHRtg", "raw": ["0x05DC", "0x0001"] },
              "max_charge_w": { "state": "not_implemented", "value": null, "raw": [], "reason": "SunSpec 802 WChaRteMax is 0xFFFF" },
              "limits": { "charge_limited_by": null, "discharge_limited_by": "battery" },
              "warnings": [ { "code": "c", "sentence": "Look here." } ] }
            """)!;
        Assert.Equal(
            [
                "manufacturer   DeviceMaker    rated    SunSpec 1 Mn: 0x4465 0x7669 0x6365 0x4D61 … (5 words)",
                "capacity       15000 Wh       rated    SunSpec 802 WHRtg: 0x05DC 0x0001",
                "max. charge    not implemented SunSpec 802 WChaRteMax is 0xFFFF",
                "limited by     charge: only one side tells, discharge: battery",
                "note: Look here.",
            ],
            NameplateText.Lines(device));
    }
}
