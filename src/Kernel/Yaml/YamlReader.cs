using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Slipway.Kernel.Yaml;

/// <summary>
/// Reads one YAML document into parts. Stricter than YAML: no anchors, aliases, tags and merge keys (nothing grows beyond its text), no key twice, bounded
/// in bytes, depth and number of parts.
/// </summary>
public sealed class YamlReader
{
    public const int MaxDepth = 16;
    public const int MaxParts = 50_000;

    /// <summary>After so many faults reading ends; one more says so.</summary>
    public const int MaxFaults = 100;

    private readonly IParser _parser;
    private readonly List<YamlFault> _faults;
    private readonly string _what;
    private int _parts;
    private int _found;

    private YamlReader(string text, string what, List<YamlFault> faults) => (_parser, _what, _faults) = (new Parser(new StringReader(text)), what, faults);

    /// <summary>Null when the text is no YAML document; what is wrong is added to <paramref name="faults"/>.</summary>
    /// <param name="what">What the text is, in one word for sentences, such as <c>definition</c>.</param>
    public static YamlPart? Read(string text, string what, List<YamlFault> faults)
    {
        var reader = new YamlReader(text, what, faults);
        try { return reader.Document(); }
        catch (TooMuchException tooMuch) { faults.Add(new YamlFault("", tooMuch.Message, tooMuch.Line)); }
        catch (YamlException error) { faults.Add(new YamlFault("", $"The text is no YAML: {error.InnerException?.Message ?? error.Message}", (int)error.Start.Line)); }
        catch (InvalidOperationException)
        {
            // YamlDotNet's scanner says so of plain text in a flow that begins left of its block.
            faults.Add(new YamlFault("", "The text is no YAML: look here and below for a line inside [ ] or { } that begins further left than the block around it.", (int)(reader._parser.Current?.End.Line ?? 1)));
        }

        return null;
    }

    private YamlPart? Document()
    {
        _parser.Consume<StreamStart>();
        if (!_parser.Accept<DocumentStart>(out _))
        {
            Fault("", $"The {_what} is empty.", null);
            return null;
        }

        _parser.Consume<DocumentStart>();
        var root = Part("", 1);
        _parser.Consume<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out var second)) { Fault("", $"A second document begins here; a {_what} is one.", (int)second.Start.Line); }

        return root;
    }

    private YamlPart Part(string path, int depth)
    {
        var line = (int)_parser.Current!.Start.Line;
        if (++_parts > MaxParts) { throw new TooMuchException($"The {_what} has more than {MaxParts} parts.", line); }

        if (depth > MaxDepth) { throw new TooMuchException($"The {_what} is nested more than {MaxDepth} levels deep here.", line); }

        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            Fault(path, $"'*{YamlFault.Cut(alias.Value.Value)}' is an alias, which is not taken here; write the value out.", line);
            return new YamlText(line, "", true);
        }

        if (_parser.Current is NodeEvent { Anchor.IsEmpty: false } anchored) { Fault(path, $"'&{YamlFault.Cut(anchored.Anchor.Value)}' is an anchor, which is not taken here; write the value out where it is needed.", line); }

        if (_parser.Current is NodeEvent { Tag.IsEmpty: false } tagged) { Fault(path, $"'{YamlFault.Cut(tagged.Tag.Value)}' is a tag, which is not taken here; leave it out.", line); }

        if (_parser.TryConsume<Scalar>(out var scalar)) { return new YamlText(line, scalar.Value, scalar.Style is ScalarStyle.Plain); }

        return _parser.Accept<SequenceStart>(out _) ? List(path, line, depth) : Map(path, line, depth);
    }

    private YamlList List(string path, int line, int depth)
    {
        _parser.Consume<SequenceStart>();
        var items = new List<YamlPart>();
        while (!_parser.TryConsume<SequenceEnd>(out _)) { items.Add(Part(YamlFault.Cut($"{path}[{items.Count}]"), depth + 1)); }

        return new YamlList(line, items);
    }

    private YamlMap Map(string path, int line, int depth)
    {
        _parser.Consume<MappingStart>();
        var entries = new List<(YamlText, YamlPart)>();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var key = Part(path, depth + 1);
            if (key is not YamlText { Value: { Length: > 0 } name } text)
            {
                Fault(path, "A key is a word; a list, a mapping or nothing cannot be one.", key.Line);
                Part(path, depth + 1);
                continue;
            }

            var at = YamlFault.Cut(path.Length == 0 ? name : $"{path}.{name}");
            var value = Part(at, depth + 1);
            if (name.Contains('\0', StringComparison.Ordinal)) { Fault(path, "A key holds the character U+0000.", key.Line); }
            else if (seen.TryAdd(name, key.Line)) { entries.Add((text, value)); }
            else { Fault(at, $"'{at}' is there twice, first in line {seen[name]}.", key.Line); }
        }

        return new YamlMap(line, entries);
    }

    private void Fault(string path, string detail, int? line)
    {
        if (_found++ == MaxFaults) { throw new TooMuchException($"There are more than {MaxFaults} faults; the rest of the {_what} was not read.", line ?? 1); }

        _faults.Add(new YamlFault(path, detail, line));
    }

    private sealed class TooMuchException(string message, int line) : Exception(message)
    {
        public int Line { get; } = line;
    }
}

/// <summary>What is wrong with a text.</summary>
/// <param name="Path">Such as <c>steps.train.with.label</c>, at most <see cref="MaxPathChars"/> characters of it; empty = the whole.</param>
/// <param name="Detail">One sentence: what is wrong, and what would be right.</param>
/// <param name="Line">From 1; null when it is not known.</param>
public sealed record YamlFault(string Path, string Detail, int? Line = null)
{
    public const int MaxPathChars = 200;

    /// <summary>The text, or its beginning and … where it is longer than <see cref="MaxPathChars"/>: many faults may stand below one long key.</summary>
    public static string Cut(string text) => text.Length <= MaxPathChars ? text : text[..(MaxPathChars - (char.IsHighSurrogate(text[MaxPathChars - 2]) ? 2 : 1))] + "…";
}
