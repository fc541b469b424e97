using Slipway.Registry.Versions;

namespace Slipway.Registry.Tests.Versions;

/// <summary>Class H1 of the attacks: a source never leads to the server's machine or to an address in the web.</summary>
public sealed class SourceTextTests
{
    [Theory]
    [InlineData("runs:/0123abcd/model", "0123abcd", "model")]
    [InlineData("runs:/0123abcd", "0123abcd", "")]
    [InlineData("runs:/0123abcd/a/b c/model.onnx", "0123abcd", "a/b c/model.onnx")]
    [InlineData("mlflow-artifacts:/7/0123abcd/artifacts/model", "0123abcd", "model")]
    [InlineData("mlflow-artifacts:/7/0123abcd/artifacts", "0123abcd", ""), InlineData("mlflow-artifacts:/team/card/0123abcd/artifacts/m/artifacts/x", "0123abcd", "m/artifacts/x")]
    public void An_artifact_of_a_run_may_be_a_source(string source, string run, string path)
    {
        var parsed = SourceText.Parse(source).Value;

        Assert.Equal((run, path), (parsed.RunId, parsed.Path));
    }

    [Theory]
    [InlineData("models:/card/3", "card", "3"), InlineData("models:/card@champion", "card", "@champion"), InlineData("models:/100% of it/12", "100% of it", "12")]
    public void Another_version_may_be_a_source(string source, string model, string version)
    {
        var parsed = SourceText.Parse(source).Value;

        Assert.Equal((model, version), (parsed.Model, parsed.Version));
    }

    [Theory]
    [InlineData("models:/m-0123abcd0123abcd0123abcd0123abcd", "m-0123abcd0123abcd0123abcd0123abcd", ""), InlineData("mlflow-artifacts:/7/models/m-0123abcd/artifacts", "m-0123abcd", "")]
    [InlineData("mlflow-artifacts:/7/models/m-0123abcd/artifacts/a/b", "m-0123abcd", "a/b")]
    public void A_logged_model_may_be_a_source(string source, string model, string path)
    {
        var parsed = SourceText.Parse(source).Value;

        Assert.Equal((model, path, false), (parsed.LoggedModel, parsed.Path, parsed.IsElsewhere));
    }

    [Theory]
    [InlineData("s3://bucket/key"), InlineData("s3://bucket/key/"), InlineData("s3://b/p?x=1"), InlineData("gs://b/a"), InlineData("S3://b/a"), InlineData("abfss://c@a.dfs.core.windows.net/x"), InlineData("dbfs:/models/x")]
    [InlineData("wasbs://c@a.blob.core.windows.net/x"), InlineData("hdfs://namenode:9000/x"), InlineData("http://example.org/model"), InlineData("https://host/~ada/model?sig=a%2Fb%3D"), InlineData("ftp://h/x"), InlineData("sftp://h/x")]
    [InlineData("runs://elsewhere/0123abcd/x"), InlineData("mlflow-artifacts://host:5000/7/0123abcd/artifacts/x"), InlineData("https://169.254.169.254/latest")]
    public void An_address_elsewhere_is_kept_as_data(string source)
    {
        var parsed = SourceText.Parse(source).Value;

        Assert.Equal((source, true), (parsed.Text, parsed.IsElsewhere));
    }

    [Theory]
    [InlineData("/etc/passwd"), InlineData("etc/passwd"), InlineData("./model"), InlineData("../model"), InlineData("~/model"), InlineData("C:\\models\\x"), InlineData("c:/models/x"), InlineData("\\\\?\\C:\\x")]
    [InlineData("\\\\server\\share"), InlineData("file:///etc/passwd"), InlineData("FILE:///etc"), InlineData("file:/etc"), InlineData("file://localhost/etc"), InlineData(" file:///etc"), InlineData("\tfile:///etc")]
    public void A_local_path_is_refused(string source) => Assert.Contains("To use a local path", Refused(source), StringComparison.Ordinal);

    [Theory]
    [InlineData("javascript:alert(1)"), InlineData("javascript://x/alert(1)"), InlineData("data:text/html,x"), InlineData("jar:file:///x"), InlineData("jar:/x"), InlineData("mailto:ada@example.org"), InlineData("slipway:/x")]
    [InlineData("pipeline:/x/y"), InlineData("prompts:/x/1"), InlineData("s3:bucket"), InlineData("s3://"), InlineData("s3:///x"), InlineData("http:///#/etc"), InlineData("http:///etc/passwd")]
    public void What_is_no_address_is_refused(string source) => Assert.Contains("Invalid model version source", Refused(source), StringComparison.Ordinal);

    // CVE-2023-6909, CVE-2024-1483, -1594, -2928, -3573, -3848, -8859, CVE-2026-2614.
    [Theory]
    [InlineData("http://h?a=../../"), InlineData("http://h/x;../../y"), InlineData("http://h/#/../../etc/"), InlineData("http:///#/../../etc/"), InlineData("dbfs:/..;"), InlineData("dbfs:/..;/x"), InlineData("s3://b/x?p=%2e%2e/y")]
    [InlineData("https://h/a/%2E%2E/b"), InlineData("https://h/a/%25252e%25252e/b"), InlineData("https://h/..\\..\\x"), InlineData("https://h/a\0b"), InlineData("https://h/a%00b"), InlineData("gs://b/a\nb"), InlineData("s3://b/./x"), InlineData("ftp://h/.. /x")]
    public void An_address_that_leads_out_is_refused_in_any_scheme(string source) => Assert.Contains("without relative path references", Refused(source), StringComparison.Ordinal);

    [Theory]
    [InlineData("mlflow-artifacts:/../../x"), InlineData("s3://b/../x"), InlineData("s3://b/%2e%2e/x"), InlineData("s3://b/%252e%252e/x"), InlineData("s3://b/..%c0%af/x"), InlineData("s3://b/..%2fx"), InlineData("s3://b/....//x")]
    [InlineData("runs:/0123abcd/../x"), InlineData("runs:/0123abcd/..\\x"), InlineData("runs:/0123abcd/%2e%2e/x"), InlineData("runs:/0123abcd//abs"), InlineData("runs:/0123abcd/C:\\x"), InlineData("runs:/0123abcd/~/x")]
    [InlineData("runs:/0123abcd/a\u0000b"), InlineData("runs:/0123abcd/a%00b"), InlineData("runs:/0123abcd/a\nb"), InlineData("runs:/0123abcd/x."), InlineData("runs:/0123abcd/x "), InlineData("runs:/0123abcd/file:x")]
    [InlineData("models:/../1"), InlineData("models:/a/../1"), InlineData("models:/%2e%2e/1")]
    public void A_way_out_is_refused_in_every_spelling(string source) => Assert.Contains("without relative path references", Refused(source), StringComparison.Ordinal);

    [Theory]
    [InlineData("runs:/"), InlineData("runs:///0123abcd/x"), InlineData("mlflow-artifacts:/7/0123abcd")]
    [InlineData("models:/card"), InlineData("models:/card/latest"), InlineData("models:/card/1/2"), InlineData("models:/card@a/b"), InlineData("models://card/1")]
    public void A_source_of_ours_in_another_form_is_refused(string source) => Assert.Contains("Invalid model version source", Refused(source), StringComparison.Ordinal);

    [Theory]
    [InlineData("dummy-source"), InlineData("prompt"), InlineData("https://host/prompts/7"), InlineData("git:commit")]
    public void A_prompt_may_have_any_word_or_address_as_its_source(string source) => Assert.Null(SourceText.PromptFault(source));

    [Theory]
    [InlineData("/etc/passwd"), InlineData("etc/passwd"), InlineData("../x"), InlineData(".."), InlineData("file:///etc"), InlineData("C:\\x"), InlineData("~"), InlineData("%2fetc"), InlineData("a\0b"), InlineData("https://h/../x"), InlineData("https://h/%2e%2e/x")]
    public void A_path_is_no_source_of_a_prompt(string source) => Assert.Contains("Local source paths are not allowed for prompts.", SourceText.PromptFault(source)!.Detail, StringComparison.Ordinal);

    private static string Refused(string source)
    {
        var parsed = SourceText.Parse(source);

        Assert.Equal((400, "source"), (parsed.Problem?.Status, parsed.Problem?.Field));
        return parsed.Problem!.Detail;
    }
}
