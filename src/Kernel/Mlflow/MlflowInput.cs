using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Slipway.Kernel.Mlflow;

/// <summary>
/// The parameters of one request by proto3's JSON rules: from the query of a GET, otherwise from the body. The first fault is kept in <see cref="Problem"/> and
/// looked at once all parameters are read; that a body is no JSON comes after what is missing in it, as in MLflow. Optional fields may be in lowerCamelCase; required ones may not, as in MLflow.
/// </summary>
public sealed class MlflowInput
{
    private readonly JsonElement _body;
    private readonly IQueryCollection? _query;
    private readonly Problem? _noJson;
    private Problem? _first;

    private MlflowInput(JsonElement body, IQueryCollection? query, Problem? noJson = null) => (_body, _query, _noJson) = (body, query, noJson);

    /// <summary>The first fault; null while there is none.</summary>
    public Problem? Problem => _first ?? _noJson;

    public static async ValueTask<Result<MlflowInput>> Read(HttpContext context, CancellationToken ct)
    {
        var request = context.Request;
        if (HttpMethods.IsGet(request.Method))
        {
            if (request.Query.Count > 0 || request.ContentLength is null or 0) { return new MlflowInput(default, request.Query); }
        }

        if (MlflowBody.TypeFault(request) is { } fault) { return fault; }

        var bytes = await MlflowBody.Read(request, ct);
        var parsed = FromBody(System.Buffers.BuffersExtensions.ToArray(bytes));
        MlflowBody.Release(request, bytes);
        return parsed;
    }

    public static Result<MlflowInput> FromBody(ReadOnlySpan<byte> body) => MlflowBody.Parse(body).Then(read => new MlflowInput(read.Json, null, read.NoJson));

    public static MlflowInput Of(JsonElement json) => new(json, null);

    /// <summary>Text that must be given and not be empty; empty after a fault.</summary>
    public string Required(string name)
    {
        var text = One(name, camel: false);
        var value = text is { } json ? Text(name, json) : null;
        if (string.IsNullOrEmpty(value)) { Fail(MlflowFaults.Missing(name)); }

        return value ?? "";
    }

    /// <summary>The run's id, by its name or by the older <c>run_uuid</c>.</summary>
    public string RunId()
    {
        var id = Text("run_id");
        return string.IsNullOrEmpty(id) && Text("run_uuid") is { Length: > 0 } older ? older : Required("run_id");
    }

    /// <summary>Null when it is not given.</summary>
    public string? Text(string name) => One(name, camel: true) is { } json ? Text(name, json) : null;

    /// <summary>A whole number of 64 bits, also in quotes, as protobuf's JSON has it; null when it is not given.</summary>
    public long? Integer(string name)
    {
        if (One(name, camel: true) is not { } json) { return null; }

        if (Number(json) is not { } number || number != Math.Truncate(number) || (double.IsInfinity(number) && json.ValueKind == JsonValueKind.String))
        {
            Fail(JsonKind.Wrong(name, json));
            return null;
        }

        // A double has 53 bits, so the digits decide.
        var digits = json.ValueKind == JsonValueKind.String ? json.GetString() : json.GetRawText();
        if (long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exact)) { return exact; }

        if (decimal.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var wide) && wide is >= long.MinValue and <= long.MaxValue)
        {
            if (wide == decimal.Truncate(wide)) { return (long)wide; }

            Fail(JsonKind.Wrong(name, json));
            return null;
        }

        Fail(JsonKind.OutOfRange(name, json));
        return null;
    }

    /// <summary>true or false, also as text of any case in a query; null when it is not given.</summary>
    public bool? Bool(string name)
    {
        if (One(name, camel: true) is not { } json) { return null; }

        if (json.ValueKind is JsonValueKind.True or JsonValueKind.False) { return json.GetBoolean(); }

        if (_query is not null && bool.TryParse(json.GetString(), out var value)) { return value; }

        Fail(_query is null ? JsonKind.Wrong(name, json) : Problem.Invalid(name, $"Invalid boolean value: {json.GetString()}, must be 'true' or 'false'."));
        return null;
    }

    /// <summary>As <see cref="Bool"/>; some clients send it as text in a body, too.</summary>
    public bool? Flag(string name) => One(name, camel: true) is { ValueKind: JsonValueKind.String } json && bool.TryParse(json.GetString(), out var value) ? value : Bool(name);

    /// <summary>The fault of a value that was given and has the right type, but is not allowed, in MLflow's words for a wrong type.</summary>
    public Problem Refused(string name) => JsonKind.Wrong(name, One(name, camel: true) ?? default);

    /// <summary>Numbers, numbers in quotes, NaN, Infinity, true and false.</summary>
    public double? Double(string name)
    {
        if (One(name, camel: true) is not { } json) { return null; }

        if (json.ValueKind is JsonValueKind.True or JsonValueKind.False) { return json.GetBoolean() ? 1 : 0; }

        if (Number(json) is { } number) { return number; }

        Fail(JsonKind.Wrong(name, json));
        return null;
    }

    /// <summary>By name or by number; null when it is not given or unknown, as proto3 ignores unknown values.</summary>
    public TEnum? Enum<TEnum>(string name, Func<TEnum, string> wireName)
        where TEnum : struct, Enum
    {
        if (One(name, camel: true) is not { } json) { return null; }

        foreach (var value in System.Enum.GetValues<TEnum>())
        {
            if (json.ValueKind == JsonValueKind.String ? json.GetString() == wireName(value)
                : json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out var number) && number == Convert.ToInt32(value, CultureInfo.InvariantCulture)) { return value; }
        }

        return null;
    }

    public IReadOnlyList<string> Texts(string name)
    {
        if (_query is not null) { return [.. _query[name].OfType<string>()]; }

        if (One(name, camel: true) is not { } json) { return []; }

        var texts = new List<string>();
        foreach (var item in Items(name, json)) { texts.Add(Text($"{name}[{texts.Count}]", item) ?? ""); }

        return texts;
    }

    /// <summary>A list of objects, each to be read as this one is; the names in faults are the caller's.</summary>
    public IEnumerable<MlflowInput> Objects(string name)
    {
        if (_query is not null || One(name, camel: true) is not { } json) { yield break; }

        var i = 0;
        foreach (var item in Items(name, json))
        {
            if (item.ValueKind == JsonValueKind.Object) { yield return new MlflowInput(item, null); }
            else { Fail(JsonKind.Wrong($"{name}[{i}]", item)); }

            i++;
        }
    }

    /// <summary>An object, to be read as this one is; null when it is not given.</summary>
    public MlflowInput? Object(string name)
    {
        if (_query is not null || One(name, camel: true) is not { } json) { return null; }

        if (json.ValueKind == JsonValueKind.Object) { return new MlflowInput(json, null); }

        Fail(JsonKind.Wrong(name, json));
        return null;
    }

    /// <summary>Objects of key and value; a missing value is empty.</summary>
    public List<KeyValuePair<string, string>> Pairs(string name)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        foreach (var item in Objects(name))
        {
            var (key, value) = (item.Required("key"), item.Text("value") ?? "");
            Take(item, $"{name}[{pairs.Count}].");
            pairs.Add(new(key, value));
        }

        return pairs;
    }

    /// <summary>Makes the first fault of a part this one's, with the path in front of its field.</summary>
    public void Take(MlflowInput part, string path)
    {
        if (part.Problem is not { Field: { } field } fault) { return; }

        Fail(fault with { Field = path + field, Detail = fault.Detail.Replace($"'{field}'", $"'{path}{field}'", StringComparison.Ordinal) });
    }

    private void Fail(Problem fault) => _first ??= fault;

    private JsonElement.ArrayEnumerator Items(string name, JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Array) { return json.EnumerateArray(); }

        Fail(JsonKind.Wrong(name, json));
        return default;
    }

    private string? Text(string name, JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.String) { return json.GetString(); }

        Fail(JsonKind.Wrong(name, json));
        return null;
    }

    private static double? Number(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Number => json.GetDouble(),
        JsonValueKind.String => json.GetString() switch
        {
            "NaN" => double.NaN,
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            var text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null,
        },
        _ => null,
    };

    /// <summary>The value given, null for none. A query's values are texts; the first of several counts.</summary>
    private JsonElement? One(string name, bool camel)
    {
        if (_query is not null)
        {
            return _query.TryGetValue(name, out var values) && values.Count > 0 ? JsonSerializer.SerializeToElement(values[0]) : null;
        }

        if (!_body.TryGetProperty(name, out var json) && !(camel && _body.TryGetProperty(Camel(name), out json))) { return null; }

        return json.ValueKind == JsonValueKind.Null ? null : json;
    }

    private static string Camel(string name)
    {
        var parts = name.Split('_');
        return parts[0] + string.Concat(parts.Skip(1).Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
    }
}
