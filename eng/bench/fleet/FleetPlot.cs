using System.Globalization;
using System.Text;

namespace Flip.Edge.Fleet;

/// <summary>
/// Two panels over one time axis, as SVG: requests a second, offered and taken, on a logarithmic scale; and the gateways that are still
/// not through. It follows the reader's light or dark background.
/// </summary>
internal static class FleetPlot
{
    private const int Left = 80, Right = 930, Width = 960, Height = 600, Bin = 5;
    private static readonly (int Top, int Bottom) Rates = (70, 310), Waiting = (370, 540);

    public static string Draw(FleetResult before, FleetResult now)
    {
        double seconds = Math.Ceiling(Math.Max(before.Seconds, now.Seconds) / 100) * 100;
        int gateways = now.Crowd.Gateways;
        StringBuilder svg = new();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" font-family="sans-serif" font-size="13" role="img">
            <title>{gateways:N0} gateways come back at once before a cloud that takes {now.Crowd.Cloud.Rate:0} requests a second</title>
            <style>
              .paper {"{ fill: #ffffff }"} text {"{ fill: #24292f }"} .grid {"{ stroke: #d0d7de; stroke-width: 1 }"} path {"{ fill: none; stroke-width: 1.6 }"}
              .before {"{ stroke: #bc4c00 }"} .now {"{ stroke: #0969da }"} .taken {"{ stroke-width: 3; stroke-opacity: 0.45 }"} .ideal {"{ stroke: #57606a; stroke-dasharray: 5 4 }"}
              @media (prefers-color-scheme: dark) {"{"}
                .paper {"{ fill: #0d1117 }"} text {"{ fill: #e6edf3 }"} .grid {"{ stroke: #30363d }"}
                .before {"{ stroke: #f0883e }"} .now {"{ stroke: #58a6ff }"} .ideal {"{ stroke: #8b949e }"}
              {"}"}
            </style>
            <rect class="paper" width="{Width}" height="{Height}"/>
            <text x="{Left}" y="24" font-size="16">{gateways:N0} gateways come back at once; the cloud takes {now.Crowd.Cloud.Rate:0} requests a second</text>

            """);
        Legend(svg, before, now);

        double Across(double second) => Left + ((Right - Left) * second / seconds);
        double OnRates(double rate) => Rates.Bottom - ((Rates.Bottom - Rates.Top) * Math.Log10(Math.Max(rate, 1)) / 6);
        double OnWaiting(double count) => Waiting.Bottom - ((Waiting.Bottom - Waiting.Top) * count / gateways);

        for (int power = 0; power <= 6; power++) Level(svg, OnRates(Math.Pow(10, power)), $"{Math.Pow(10, power):N0}");
        for (int part = 0; part <= 4; part++) Level(svg, OnWaiting(gateways * part / 4.0), $"{gateways * part / 4:N0}");
        for (int at = 0; at <= seconds; at += 100) Text(svg, Across(at), Waiting.Bottom + 20, "middle", $"{at}");
        Text(svg, Left, Rates.Top - 8, "start", "requests a second");
        Text(svg, Left, Waiting.Top - 12, "start", "gateways not yet through");
        Text(svg, Right, Waiting.Bottom + 42, "end", "seconds since the power came back");

        Line(svg, "ideal", [(Across(0), OnWaiting(gateways)), (Across(now.Crowd.Ideal), OnWaiting(0))]);
        foreach ((string name, FleetResult result) in new[] { ("before", before), ("now", now) })
        {
            Line(svg, $"{name} taken", Points(result.Served, Across, OnRates));
            Line(svg, name, Points(result.Offered, Across, OnRates));
            int left = gateways;
            Line(svg, name, [(Across(0), OnWaiting(gateways)), .. result.Served.Select((served, second) => (Across(second + 1), OnWaiting(left -= served)))]);
        }

        return svg.Append("</svg>\n").ToString();
    }

    // The mean of five seconds each: single ones only draw noise where few are left.
    private static IEnumerable<(double X, double Y)> Points(int[] rates, Func<double, double> across, Func<double, double> up) =>
        rates.Chunk(Bin).Select((chunk, index) => (across((index + 0.5) * Bin), up(chunk.Average())));

    private static void Legend(StringBuilder svg, FleetResult before, FleetResult now)
    {
        (string Class, string Text)[] lines =
        [
            ("before", $"full jitter, 0.1.0: {before.Ratio:0.00} of the ideal time"), ("now", $"RetryPace: {now.Ratio:0.00}"),
            ("ideal", $"ideal: {now.Crowd.Ideal:0} s"),
        ];
        double x = Left + 200;
        foreach ((string name, string text) in lines)
        {
            Line(svg, name, [(x, 46), (x + 28, 46)]);
            Text(svg, x + 34, 50, "start", text);
            x += name == "before" ? 300 : 170;
        }
    }

    private static void Level(StringBuilder svg, double y, string text)
    {
        svg.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{Left}\" y1=\"{y:0.#}\" x2=\"{Right}\" y2=\"{y:0.#}\"/>\n");
        Text(svg, Left - 8, y + 4, "end", text);
    }

    private static void Text(StringBuilder svg, double x, double y, string anchor, string text) =>
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x:0.#}\" y=\"{y:0.#}\" text-anchor=\"{anchor}\">{text}</text>\n");

    private static void Line(StringBuilder svg, string name, IEnumerable<(double X, double Y)> points) => svg.Append(
        CultureInfo.InvariantCulture,
        $"<path class=\"{name}\" d=\"M{string.Join(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.X:0.#},{point.Y:0.#}")))}\"/>\n");
}
