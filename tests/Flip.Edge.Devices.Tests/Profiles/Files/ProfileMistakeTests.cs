using System.Text;
using Flip.Edge.Devices.Profiles;

namespace Flip.Edge.Devices.Tests.Profiles.Files;

/// <summary>Each line: a passage of the sample, what stands there instead, and a mistake that this makes.</summary>
public sealed class ProfileMistakeTests
{
    [Theory]
    [InlineData("\"volta-h\"", "\"Volta H\"", "2: name: is \"Volta H\", and has to be small letters")]
    [InlineData("\"volta-h\"", "\"auto\"", "2: name: is \"auto\", which asks for probing")]
    [InlineData("\"version\": 3,", "", "1: version: is missing: a whole number")]
    [InlineData("\"version\": 3", "\"version\": \"3\"", "3: version: is \"3\", and has to be a whole number from 1 to")]
    [InlineData("\"version\": 3", "\"version\": 1.5", "3: version: is 1.5, and has to be a whole number")]
    [InlineData("\"title\": \"Volta H1 to H3\"", "\"title\": null", "4: title: is null, and has to be a text")]
    [InlineData("\"brands\":", "\"brand\":", "5: brand: is no known key; did you mean brands?")]
    [InlineData("\"map\": \"registers\"", "\"map\": \"register\"", "6: map: is \"register\", and has to be \"registers\" or \"sunspec\" or \"none\"")]
    [InlineData("\"url\": null", "\"url\": \"example.com\"", "8: sources.manual.url: is \"example.com\", and has to be a link")]
    [InlineData("\"source\": \"manual\",\n  \"conf", "\"source\": \"manul\",\n  \"conf", "11: source: is \"manul\", and sources has no such key; did you mean manual?")]
    [InlineData("\"confidence\": \"one_source\",\n", "\"confidence\": \"sure\",\n", "12: confidence: is \"sure\", and has to be \"two_sources\" or")]
    [InlineData("[502, 1502]", "[502, 70000]", "14: transport.tcp.ports[1]: is 70000, and has to be a whole number from 1 to 65535")]
    [InlineData("[502, 1502]", "[502, 502]", "14: transport.tcp.ports[1]: is 502 and stands in this list twice")]
    [InlineData("\"stop\": 2", "\"stopp\": 2", "16: transport.rtu.stopp: is no known key; did you mean stop?")]
    [InlineData("\"main\": [1, 247]", "\"main\": [1, 256]", "19: units.main[1]: is 256, and has to be a whole number from 0 to 255")]
    [InlineData("\"main\": [1, 247], ", "", "19: units.main: is missing: the unit ids of the device itself")]
    [InlineData("\"u16\": [\"0xFFFF\", 65534]", "\"u16\": [\"0x1FFFF\"]", "23: sentinels.u16[0]: is \"0x1FFFF\", and has to be a raw value of a u16")]
    [InlineData("\"f32\": [\"0x7F7FFFFF\"]", "\"f32\": [-3.4e38]", "23: sentinels.f32[0]: is -3.4e38, and has to be a raw value of a f32: its bits")]
    [InlineData("\"u16\": [\"0xFFFF\", 65534]", "\"u17\": []", "23: sentinels.u17: is no type of number; did you mean")]
    [InlineData("\"value\": 500", "\"value\": 0.5", "25: quirks.connect_delay_ms.value: is 0.5, and has to be a whole number from 1")]
    [InlineData("[200, 3000]", "[3000, 200]", "27: quirks.response_timeout_ms.value: has to be a list of two numbers")]
    [InlineData("\"strip_echo\": { \"value\": true }", "\"strip_echo\": { \"value\": false }", "30: quirks.strip_echo.value: is false, and has to be true")]
    [InlineData("\"strip_echo\": { \"value\": true }", "\"strip_echo\": true", "30: quirks.strip_echo: is true, and has to be an object")]
    [InlineData("{ \"value\": \"capacity\" }", "{ \"value\": \"charge\" }", "33: quirks.word_order_by_setting.value: is \"charge\", and has to be a number of more than one register with between")]
    [InlineData("[\"batteries\", \"volts\"]", "[\"batteries\", \"vols\"]", "34: quirks.blocks_may_be_missing.value[1]: is \"vols\", and points has no such name; did you mean volts?")]
    [InlineData("[\"batteries\", \"volts\"]", "[\"serial\"]", "54: anchor[1].point: is \"serial\", which blocks_may_be_missing says may be missing")]
    [InlineData("[-1, 1]", "[0]", "35: quirks.address_shifts.value: has 0")]
    [InlineData("\"one_client\"", "\"one_clients\"", "31: quirks.one_clients: is no known key; did you mean one_client?")]
    [InlineData("\"address\": 20, ", "", "39: points.serial.address: is missing: the 0-based PDU address")]
    [InlineData("\"address\": 20,", "\"address\": \"20\",", "39: points.serial.address: is \"20\", and has to be a whole number from 0 to 65535")]
    [InlineData("\"address\": 20,", "\"address\": 65530,", "39: points.serial.address: is 65530, and 8 registers from there on end after 65535")]
    [InlineData("\"registers\": 8, \"char", "\"char", "39: points.serial.registers: is missing: the length of the text")]
    [InlineData("\"type\": \"text\", \"registers\": 8, \"char", "\"type\": \"str\", \"registers\": 8, \"char", "39: points.serial.type: is \"str\", and has to be \"u16\" or")]
    [InlineData("\"function\": 4, \"address\": 100", "\"function\": 6, \"address\": 100", "41: points.capacity.function: is 6, and has to be a whole number from 3 to 4")]
    [InlineData("\"scale\": 10, \"unit\": \"Wh\"", "\"scale\": 10, \"unit\": \"kWh\"", "41: points.capacity.unit: is \"kWh\", and has to be \"Wh\" or")]
    [InlineData("\"scale\": 0.1", "\"scale\": 0", "43: points.volts.scale: has to be more than 0")]
    [InlineData("\"address\": 104, \"type\": \"u16\"", "\"address\": 104, \"type\": \"u16\", \"registers\": 1", "43: points.volts.registers: belongs to texts; a u16 always has 1")]
    [InlineData("\"address\": 104, \"type\": \"u16\"", "\"address\": 104, \"type\": \"u16\", \"word_order\": \"low_first\"", "43: points.volts.word_order: belongs to numbers of more than one register")]
    [InlineData("\"kind\": \"configured\"", "\"kind\": \"estimated\"", "44: points.charge.kind: is \"estimated\", and has to be \"rated\" or \"configured\"")]
    [InlineData("\"from\": 4, \"count\": 4", "\"from\": 14, \"count\": 4", "45: points.modules.bits: ends after bit 15")]
    [InlineData("\"on\": \"meter\"", "\"on\": \"metre\"", "46: points.meter_w.on: is \"metre\", and units has no such role; did you mean meter?")]
    [InlineData("\"address\": 7,", "\"sunspec_model\": 120, \"address\": 7,", "46: points.meter_w.sunspec_model: belongs into a profile with map sunspec")]
    [InlineData("\"258\": \"H2\"", "\"257\": \"H2\"", "49: tables.models.257: is the code 257 a second time")]
    [InlineData("\"258\": \"H2\"", "\"H2\": \"H2\"", "49: tables.models.H2: is no code")]
    [InlineData("\"258\": \"10000\"", "\"258\": \"ten\"", "81: nameplate.inverter_charge_w.table: is \"powers\", and its meaning \"ten\" is no number")]
    [InlineData("\"in_table\": \"models\", \"not_in\": [0]", "\"in_tabel\": \"models\"", "53: anchor[0]: checks nothing: add one of in, not_in")]
    [InlineData("\"in_table\": \"models\"", "\"in_table\": \"model\"", "53: anchor[0].in_table: is \"model\", and tables has no such name; did you mean models?")]
    [InlineData("\"starts_with\": [\"VT\"]", "\"in\": [1]", "54: anchor[1]: looks at a text, and in, not_in, in_table, between are for numbers")]
    [InlineData("\"in\": [\"0x0000\"]", "\"contains\": [\"a\"]", "57: asleep[0]: looks at a number, and starts_with")]
    [InlineData("\"in\": [\"0x0000\"]", "\"in\": [70000]", "57: asleep[0].in[0]: is 70000, and has to be a whole number that the point can hold")]
    [InlineData("[\"1.4\", null]", "[1.4, null]", "55: anchor[2].versions: has to be a list of the first and the last version")]
    [InlineData("[1000, \"0x0500\"]", "[1000, 1010]", "59: batteries.bases: has blocks at 1000 and 1010, and a block is 14 registers long: they overlap")]
    [InlineData("\"discharge_w\": { \"address\": 12", "\"discharge\": { \"address\": 12", "64: batteries.points.discharge: is nothing that is known of a battery; did you mean discharge_w?")]
    [InlineData("\"address\": 10, \"type\": \"f32\", \"unit\": \"Wh\"", "\"address\": 10, \"type\": \"f32\"", "63: batteries.points.capacity_wh.unit: is missing, and has to be Wh")]
    [InlineData("\"serial_number\": \"serial\",", "", "67: nameplate.serial_number: is missing: say where it comes from, or")]
    [InlineData("\"battery_charge_w\": \"charge\",\n", "\"battery_charge\": \"charge\",\n", "79: nameplate.battery_charge: is no field of a nameplate; did you mean battery_charge_w?")]
    [InlineData("\"battery_charge_w\": \"charge\",\n", "\"battery_charge_w\": \"volts\",\n", "79: nameplate.battery_charge_w: comes in V, and has to come in W")]
    [InlineData("\"battery_charge_w\": \"charge\",\n", "\"battery_charge_w\": \"serial\",\n", "79: nameplate.battery_charge_w: is the text serial, and a number is needed here")]
    [InlineData("{ \"constant\": \"Volta\" }", "{ \"constant\": \"Volta\", \"point\": \"serial\" }", "68: nameplate.manufacturer: has point and constant, and only one of them")]
    [InlineData("\"serial_number\": \"serial\"", "\"serial_number\": { \"constant\": \"SN-1\" }", "70: nameplate.serial_number: is a constant: every site would be told with one serial number")]
    [InlineData("{ \"constant\": \"Volta\" }", "{ \"product\": [\"volts\", 2] }", "68: nameplate.manufacturer.product: product gives a number, and this field is a text")]
    [InlineData("{ \"product\": [\"amp_hours\", \"volts\"], \"note\": \"nominal\" }", "{ \"product\": [\"amp_hours\", \"volts\"], \"kind\": \"rated\" }", "75: nameplate.capacity_wh[2].kind: can't be: what is made of A, Ah, V or a quotient is estimated")]
    [InlineData("{ \"product\": [\"amp_hours\", \"volts\"], \"note\": \"nominal\" }", "\"amp_hours\", \"volts\"", "75: nameplate.capacity_wh[2]: comes in Ah, and has to come in Wh")]
    [InlineData("{ \"missing\": \"it stands on the label\" }", "{ \"missing\": \"it stands on the label\" }, \"capacity\"", "77: nameplate.capacity_wh[4]: is missing, and more values follow")]
    [InlineData("{ \"sum\": [\"meter_w\", \"charge\"] }", "{ \"sum\": [\"meter_w\", \"volts\"] }", "82: nameplate.inverter_discharge_w.sum: adds W and V")]
    [InlineData("{ \"sum\": [\"meter_w\", \"charge\"] }", "{ \"sun\": [\"meter_w\", \"charge\"] }", "82: nameplate.inverter_discharge_w: says nothing of where the value comes from")]
    [InlineData("\"between\": [1, 6]", "\"between\": [1]", "74: nameplate.capacity_wh[1].when.between: has to be a list of two numbers")]
    [InlineData("\"of\": \"type_code\", \"kind\"", "\"of\": \"serial\", \"kind\"", "81: nameplate.inverter_charge_w.of: is \"serial\", and a code has to be a whole number")]
    [InlineData("\"after\": \"VT\", ", "", "83: nameplate.inverter_rated_w.after: is missing")]
    [InlineData("\"text\": \"It sleeps at night.\"", "\"text\": \"\"", "85: caveats[0].text: is \"\", and has to be a text with something in it")]
    [InlineData("\"on\": \"meter\", ", "", "19: units.meter: is used by nothing")]
    [InlineData("{ \"table\": \"powers\", \"of\": \"type_code\", \"kind\": \"rated\" }", "\"charge\"", "50: tables.powers: is used by nothing")]
    public void Each_mistake_is_named_with_line_and_key(string passage, string instead, string mistake)
    {
        Assert.Contains(mistake, Sample.MistakesAfter(passage, instead), StringComparison.Ordinal);
    }

    [Fact]
    public void All_mistakes_are_told_at_once_in_the_order_of_the_file()
    {
        string json = Sample.Json
            .Replace("\"version\": 3", "\"version\": 0", StringComparison.Ordinal)
            .Replace("\"stop\": 2", "\"stop\": 3", StringComparison.Ordinal)
            .Replace("\"address\": 104", "\"address\": -1", StringComparison.Ordinal)
            .Replace("It sleeps at night.", " ", StringComparison.Ordinal);

        Assert.Null(Sample.Read(json, out IReadOnlyList<ProfileMistake> mistakes));
        Assert.Equal(["version", "transport.rtu.stop", "points.volts.address", "caveats[0].text"], mistakes.Select(mistake => mistake.Key));
    }

    [Theory]
    [InlineData("", "1: is no JSON: ")]
    [InlineData("[]", "1: is a list, and has to be an object")]
    [InlineData("{\n  \"name\": \"a\",\n}", "3: is no JSON: ")]
    [InlineData("{\n  // a remark\n}", "2: is no JSON: ")]
    [InlineData("{}\n{}", "2: is no JSON: ")]
    [InlineData("{\n  \"name\": \"a\",\n  \"name\": \"b\" }", "3: name: stands here twice")]
    [InlineData("{\n  \"name\": \"\\ud800\" }", "2: name: has half of a surrogate pair")]
    [InlineData("{\n  \"a\\u001bb\": 1 }", "2: a?b: is no known key")]
    public void What_is_no_JSON_says_in_which_line(string json, string mistake)
    {
        Assert.Null(Sample.Read(json, out IReadOnlyList<ProfileMistake> mistakes));
        Assert.Contains(mistake, string.Join('\n', mistakes), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_UTF_8_says_in_which_line()
    {
        Assert.Null(ProfileFile.Read([.. "{\n\n\""u8, 0xFC, .. "\": 1 }"u8], out IReadOnlyList<ProfileMistake> mistakes));
        Assert.Equal("3: is no UTF-8: save the file as UTF-8", Assert.Single(mistakes).ToString());
    }

    [Fact]
    public void A_thousand_lists_in_each_other_are_no_JSON_for_us()
    {
        Assert.Null(Sample.Read(new string('[', 1000) + new string(']', 1000), out IReadOnlyList<ProfileMistake> mistakes));
        Assert.Contains("is no JSON", Assert.Single(mistakes).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_told_wrongly_for_all_points_is_one_mistake()
    {
        Assert.Null(Sample.Read(Sample.Json.Replace("\"confidence\": \"one_source\",\n", "\"confidence\": \"sure\",\n", StringComparison.Ordinal), out IReadOnlyList<ProfileMistake> mistakes));
        Assert.Equal("confidence", Assert.Single(mistakes).Key);
    }

    [Fact]
    public void The_profile_that_every_SunSpec_device_is_read_with_has_to_be_one_of_SunSpec()
    {
        Assert.Null(Sample.Read(Sample.Json.Replace("\"volta-h\"", "\"sunspec\"", StringComparison.Ordinal), out IReadOnlyList<ProfileMistake> mistakes));
        Assert.Equal("map", Assert.Single(mistakes).Key);
    }

    [Fact]
    public void A_file_that_is_too_long_is_not_looked_at()
    {
        Assert.Null(ProfileFile.Read(new byte[ProfileFile.MostBytes + 1], out IReadOnlyList<ProfileMistake> mistakes));
        Assert.Equal("has more than 262144 bytes", Assert.Single(mistakes).Message);
    }

    [Fact]
    public void A_file_has_to_be_called_as_its_profile_is()
    {
        Assert.Null(ProfileFile.Read(Encoding.UTF8.GetBytes(Sample.NoModbus), "sunny.json", out IReadOnlyList<ProfileMistake> mistakes));
        Assert.Equal("1: name: is \"cloudy\", and the file is called sunny.json: they have to be the same", Assert.Single(mistakes).ToString());
    }

    [Theory]
    [InlineData("\"702.WMaxRtg\"", "\"702.WMax\"", "sunspec.ignore[0].point: is \"702.WMax\", which is no SunSpec number that a nameplate is made of; did you mean 121.WMax or 702.WMaxRtg?")]
    [InlineData("\"unit_offset\": 2", "\"unit_offset\": 8", "sunspec.directory.unit_offset: is 8, and an entry has 8 registers")]
    [InlineData("\"scale_factor\": 6", "\"scale_faktor\": 6", "points.part.scale_faktor: is no known key; did you mean scale_factor?")]
    [InlineData("\"1.Mn\"", "\"1.Xy\"", "anchor[0].point: is \"1.Xy\", and points has no such name")]
    [InlineData("{ \"when_sunspec_says\": [\"SUN\"] }", "{ \"order\": 3 }", "probe.order: belongs to map registers")]
    [InlineData("{ \"sunspec\": true } ],", "{ \"sunspec\": false } ],", "nameplate.capacity_wh[1].sunspec: is false, and has to be true")]
    [InlineData("\"source\": \"m\", \"conf", "\"conf", "points.part.source: is missing, and the profile has none of its own")]
    public void A_SunSpec_family_has_mistakes_of_its_own(string passage, string instead, string mistake)
    {
        Assert.Contains(mistake, Sample.MistakesAfter(passage, instead, Sample.SunSpec), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"no_modbus\": \"It has no Modbus.\"", "\"no_modbus\": \"\"", "no_modbus: is \"\"")]
    [InlineData("\"map\": \"none\"", "\"map\": \"none\", \"points\": {}", "points: belongs to a family with Modbus")]
    [InlineData(", \"no_modbus\": \"It has no Modbus.\"", "", "no_modbus: is missing")]
    public void A_family_without_Modbus_has_nothing_to_read(string passage, string instead, string mistake)
    {
        Assert.Contains(mistake, Sample.MistakesAfter(passage, instead, Sample.NoModbus), StringComparison.Ordinal);
    }
}
