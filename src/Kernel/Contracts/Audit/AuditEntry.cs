using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Slipway.Kernel.Contracts;

/// <summary>
/// What one entry of the audit log says. Its canonical bytes (<see cref="ToBytes"/>) are made once, hashed and stored; everybody who checks reads
/// those bytes and never serialises anew. People and things stand in it by id, never by name, so that erasing a person leaves the tree whole.
/// </summary>
/// <param name="Id">UUIDv7, 32 lower-case hex digits.</param>
/// <param name="AtMs">Time of the server, Unix ms UTC; the order is given by the index in the tree, not by this.</param>
/// <param name="Actor">Id of the principal who did it.</param>
/// <param name="ActingAs">Id of the principal on whose behalf; null = on the actor's own.</param>
/// <param name="CredentialId">The API key or session used; null for the local owner and for jobs.</param>
/// <param name="Workspace">Name of the workspace; empty = the whole server.</param>
/// <param name="Action">From the table of docs/audit.md, such as <c>person.create</c>.</param>
/// <param name="Object">Kind and id of what was changed, such as <c>person/0192…</c>.</param>
/// <param name="BeforeDigest">SHA-256 (64 hex) of the canonical JSON of the object before; null when it was not there.</param>
/// <param name="AfterDigest">As <paramref name="BeforeDigest"/>, after.</param>
/// <param name="Reason">As the person gave it; null when none was asked.</param>
/// <param name="Policy">Policy and version that allowed it; null when permissions alone decided.</param>
/// <param name="RequestId">The HTTP request; empty for jobs.</param>
/// <param name="Address">The client's address as the trusted proxies give it; null for jobs.</param>
public sealed record AuditEntry(
    string Id, long AtMs, string Actor, string? ActingAs, string? CredentialId, string Workspace, string Action, string Object,
    string? BeforeDigest, string? AfterDigest, string? Reason, string? Policy, string RequestId, string? Address)
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>JSON in UTF-8 without white space, fields in the order of this record, absent where null; starts with the version of the format.</summary>
    public byte[] ToBytes()
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(bytes, Plain))
        {
            json.WriteStartObject();
            json.WriteNumber("v"u8, 1);
            json.WriteString("id"u8, Id);
            json.WriteNumber("atMs"u8, AtMs);
            json.WriteString("actor"u8, Actor);
            Optional(json, "actingAs"u8, ActingAs);
            Optional(json, "credentialId"u8, CredentialId);
            json.WriteString("workspace"u8, Workspace);
            json.WriteString("action"u8, Action);
            json.WriteString("object"u8, Object);
            Optional(json, "beforeDigest"u8, BeforeDigest);
            Optional(json, "afterDigest"u8, AfterDigest);
            Optional(json, "reason"u8, Reason);
            Optional(json, "policy"u8, Policy);
            json.WriteString("requestId"u8, RequestId);
            Optional(json, "address"u8, Address);
            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    /// <exception cref="FormatException">The bytes are no entry of version 1.</exception>
    public static AuditEntry Parse(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes);
            using var document = JsonDocument.ParseValue(ref reader);
            var entry = document.RootElement;
            return entry.GetProperty("v").GetInt32() != 1
                ? throw new FormatException($"Audit entry of version {entry.GetProperty("v")}; this program reads version 1.")
                : new AuditEntry(
                    Text(entry, "id"), entry.GetProperty("atMs").GetInt64(), Text(entry, "actor"), Maybe(entry, "actingAs"), Maybe(entry, "credentialId"),
                    Text(entry, "workspace"), Text(entry, "action"), Text(entry, "object"), Maybe(entry, "beforeDigest"), Maybe(entry, "afterDigest"),
                    Maybe(entry, "reason"), Maybe(entry, "policy"), Text(entry, "requestId"), Maybe(entry, "address"));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException($"Not an audit entry: {error.Message}", error);
        }
    }

    private static void Optional(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null) { json.WriteString(name, value); }
    }

    private static string Text(JsonElement entry, string name) =>
        entry.GetProperty(name).GetString() ?? throw new FormatException($"Not an audit entry: '{name}' is null.");

    private static string? Maybe(JsonElement entry, string name) => entry.TryGetProperty(name, out var value) ? value.GetString() : null;
}
