using Flip.Edge.Metrics;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Metrics;

public sealed class PrometheusTextTests
{
    [Fact]
    public void A_family_is_its_help_its_type_and_its_samples()
    {
        MetricSet set = new();
        set.Counter("a_total", "How many.").Add(3, ("kind", "x")).Add(4.5, ("kind", "y"), ("other", "z"));
        set.Gauge("b", "Whether.").Add(true);

        Assert.Equal(
            "# HELP a_total How many.\n# TYPE a_total counter\na_total{kind=\"x\"} 3\na_total{kind=\"y\",other=\"z\"} 4.5\n# HELP b Whether.\n# TYPE b gauge\nb 1\n",
            PrometheusText.Of(set.Families));
    }

    [Fact]
    public void A_label_can_not_end_its_quotes_or_its_line()
    {
        MetricSet set = new();
        set.Gauge("b", "Whether.").Add(1, ("device", "a\"} 1\nb{device=\"\\"));

        string text = PrometheusText.Of(set.Families);

        Assert.Equal("""b{device="a\"} 1\nb{device=\"\\"}""", Assert.Single(new Exposition(text).Series));
    }

    [Fact]
    public void Large_numbers_are_written_out_exactly()
    {
        MetricSet set = new();
        set.Gauge("b", "Bytes.").Add(9_007_199_254_740_991);

        Assert.Equal(9_007_199_254_740_991, new Exposition(PrometheusText.Of(set.Families))["b"]);
    }
}
