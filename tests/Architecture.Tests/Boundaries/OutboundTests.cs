using System.Text.RegularExpressions;

namespace Slipway.Architecture.Tests;

/// <summary>One HTTP client for everything that a user can influence: nobody else in the server opens a connection.</summary>
public sealed partial class OutboundTests
{
    // Folders that may name a client, and why.
    private static readonly string[] Owners =
    [
        "src/Kernel/Outbound/", // the one client
        "src/Client/", // runs on the user's machine, towards the user's own server
        "src/Cli/", // as above
    ];

    [Fact]
    public void Nobody_else_makes_a_client() => Rule.Holds(Repository.Files(".cs").SelectMany(Faults));

    [Fact]
    public void A_client_of_its_own_is_found()
    {
        foreach (var line in (string[])["var http = new HttpClient();", "services.AddHttpClient();", "using HttpClient http = new();", "WebRequest.Create(url)", "new ClientWebSocket()", "new Socket(SocketType.Stream, ProtocolType.Tcp)"])
        {
            Assert.Single(Faults(new SourceFile("modules/Gateway/Call.cs", line)));
        }

        Rule.Holds(Faults(new SourceFile("modules/Gateway/Call.cs", "internal sealed class Call(OutboundClient outbound)")));
        Rule.Holds(Faults(new SourceFile("modules/Gateway/Tests/CallTests.cs", "var http = new HttpClient();")));
    }

    private static IEnumerable<string> Faults(SourceFile file) =>
        from line in (file.Path.StartsWith("src/", StringComparison.Ordinal) || file.Path.StartsWith("modules/", StringComparison.Ordinal))
            && !file.Path.Contains("/Tests/", StringComparison.Ordinal) && !Owners.Any(owner => file.Path.StartsWith(owner, StringComparison.Ordinal)) ? file.Lines : []
        where Client().IsMatch(line)
        select $"{file.Path}: {line.Trim()} (call {nameof(Kernel.Outbound.OutboundClient)})";

    [GeneratedRegex(@"\b(HttpClient|AddHttpClient|HttpClientHandler|SocketsHttpHandler|HttpMessageInvoker|WebRequest|WebClient|TcpClient|ClientWebSocket)\b|new Socket\(")]
    private static partial Regex Client();
}
