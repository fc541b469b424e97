using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Slipway.EndToEnd.Tests;

/// <summary>Somebody makes a webhook, tests it, sees what arrives and what does not, and sends it again.</summary>
public sealed class WebhooksTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task A_webhook_is_made_tested_seen_failing_and_delivered_again()
    {
        using var receiver = new Receiver();
        await using var house = await House.Open(settings: "outbound:\n  allow: 127.0.0.1\n  allow-http: true\n");
        var page = await chromium.NewPerson();
        var faults = new List<string>();
        await house.SetUp(page, "ada");

        await page.GotoAsync(house.Url("/w/default/webhooks"));
        await Expect(page.GetByText("Nobody hears of what happens here")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "New webhook" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Textbox, new() { Name = "Name" }).FillAsync("ci");
        await dialog.GetByRole(AriaRole.Textbox, new() { Name = "Address" }).FillAsync("https://10.0.0.1/hook");
        await dialog.GetByRole(AriaRole.Checkbox, new() { Name = "registered_model.created" }).CheckAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Make the webhook" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("'10.0.0.1' resolves to 10.0.0.1");
        faults.AddRange(await Looks.Faults(page, "webhook-form"));
        await dialog.GetByRole(AriaRole.Textbox, new() { Name = "Address" }).FillAsync(receiver.Url);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Make the webhook" }).ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();
        faults.AddRange(await Looks.Faults(page, "webhooks"));

        await page.GetByRole(AriaRole.Link, new() { Name = "ci", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Send a test" }).ClickAsync();
        await Expect(page.GetByText("the test arrived")).ToBeVisibleAsync();
        receiver.Status = "422 Unprocessable Content";
        await House.Ask(page, "POST", "/api/2.0/mlflow/registered-models/create", new { name = "scorecard" });
        await Expect(page.Locator("[data-verdict]").First).ToContainTextAsync("failing", new() { Timeout = 60_000 });
        var log = page.GetByRole(AriaRole.Region, new() { Name = "Table of deliveries" });
        await Expect(log.GetByRole(AriaRole.Row).Nth(1)).ToContainTextAsync("Answered 422.");
        faults.AddRange(await Looks.Faults(page, "webhook"));

        receiver.Status = "200 OK";
        await log.GetByRole(AriaRole.Button, new() { Name = "registered_model.created" }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "What is sent" })).ToContainTextAsync("scorecard");
        faults.AddRange(await Looks.Faults(page, "delivery"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Deliver again" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("delivered", new() { Timeout = 60_000 });
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("[data-verdict]").First).ToContainTextAsync("delivering", new() { Timeout = 60_000 });

        Assert.Empty(faults);
    }

    /// <summary>Answers every request with one status.</summary>
    private sealed class Receiver : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public Receiver()
        {
            _listener.Start();
            _ = Serve();
        }

        public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/hook";

        public string Status { get; set; } = "200 OK";

        public void Dispose() => _listener.Dispose();

        private async Task Serve()
        {
            try
            {
                while (true)
                {
                    using var client = await _listener.AcceptTcpClientAsync();
                    var stream = client.GetStream();
                    await Request(stream);
                    await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {Status}\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"));
                }
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException or IOException) { /* the test is over */ }
        }

        /// <summary>The whole request: an answer before its end would be lost with the connection.</summary>
        private static async Task<string> Request(NetworkStream stream)
        {
            var text = "";
            for (var buffer = new byte[64 * 1024]; ;)
            {
                var read = await stream.ReadAsync(buffer);
                text += Encoding.UTF8.GetString(buffer, 0, read);
                var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
                var length = text.Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase))?[16..];
                if (read == 0 || (end >= 0 && text.Length >= end + 4 + int.Parse(length ?? "0", System.Globalization.CultureInfo.InvariantCulture))) { return text; }
            }
        }
    }
}
