using Muster.Runner.Agents;

namespace Muster.Runner.Tests;

public sealed class EndReportTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"muster-report-{Guid.NewGuid():N}.json");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void No_file_is_no_report_and_no_fault()
    {
        var read = EndReports.ReadAuthor(_path);

        Assert.Null(read.Report);
        Assert.Null(read.Fault);
    }

    [Fact]
    public void A_whole_author_report_is_read()
    {
        File.WriteAllText(_path, """{"status":"done-with-concerns","summary":"s","unsure":["u"],"surprises":["x","y"]}""");

        var report = EndReports.ReadAuthor(_path).Report!;

        Assert.Equal(("done-with-concerns", "s", "u", 2), (report.Status, report.Summary, report.Unsure.Single(), report.Surprises.Count));
    }

    [Theory]
    [InlineData("")]
    [InlineData("done")]
    [InlineData("null")]
    [InlineData("""{"status":"finished","summary":"s"}""")]
    [InlineData("""{"status":"done"}""")]
    [InlineData("""{"status":"done","summary":null}""")]
    [InlineData("""{"status":"done","summary":"s","merge":true}""")]
    [InlineData("""{"status":"done","status":"done","summary":"s"}""")]
    [InlineData("""[{"status":"done","summary":"s"}]""")]
    [InlineData("""{"status":"done","summary":"s","unsure":[null]}""")]
    [InlineData("""{"status":"done","summary":"\ud800"}""")]
    public void What_is_not_in_the_schema_is_no_report(string text)
    {
        File.WriteAllText(_path, text);

        var read = EndReports.ReadAuthor(_path);

        Assert.Null(read.Report);
        Assert.NotNull(read.Fault);
    }

    [Theory]
    [InlineData("""{"verdict":"approve","summary":"s"}""")]
    [InlineData("""{"verdict":"lgtm","summary":"s","findings":[]}""")]
    [InlineData("""{"verdict":"approve","summary":"s","findings":[null]}""")]
    [InlineData("""{"verdict":"approve","summary":"s","findings":[{"severity":"huge","title":"t","body":"b","confidence":1}]}""")]
    [InlineData("""{"verdict":"approve","summary":"s","findings":[{"severity":1,"title":"t","body":"b","confidence":1}]}""")]
    [InlineData("""{"verdict":"approve","summary":"s","findings":[{"severity":"minor","title":"t","body":"b","confidence":7}]}""")]
    [InlineData("""{"verdict":"approve","summary":"s","findings":[{"severity":"minor","title":"t","body":"b","confidence":"1"}]}""")]
    [InlineData("""{"verdict":"approve","summary":"s","findings":[{"severity":"minor","title":"t","body":"b","confidence":1,"line":0}]}""")]
    public void Half_a_review_is_no_review(string text)
    {
        File.WriteAllText(_path, text);

        Assert.NotNull(EndReports.ReadReview(_path).Fault);
    }

    [Fact]
    public void A_review_without_findings_is_one()
    {
        File.WriteAllText(_path, """{"verdict":"approve","summary":"s","findings":[]}""");

        Assert.True(EndReports.ReadReview(_path).Report!.Approves);
    }

    [Fact]
    public void A_report_of_more_than_a_mebibyte_is_none()
    {
        File.WriteAllText(_path, $$"""{"status":"done","summary":"{{new string('x', 1024 * 1024)}}"}""");

        Assert.NotNull(EndReports.ReadAuthor(_path).Fault);
    }
}
