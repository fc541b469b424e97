using Slipway.Pipelines.Contracts;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Slipway.Pipelines.Definitions;

/// <summary>
/// Reads one YAML document into parts. Stricter than YAML: no anchors, aliases, tags and merge keys (nothing grows beyond its text), no key twice, bounded
/// in bytes, depth and number of parts.
/// </summary>
internal sealed class YamlReader
{
    public const int MaxDepth = 16;
    public const int MaxParts = 50_000;

    private readonly IParser _parser;
    private readonly List<PipelineFaultView> _faults;
    private int _parts;

    private YamlReader(string text, List<PipelineFaultView> faults) => (_parser, _faults) = (new Parser(new StringReader(text)), faults);

    /// <summary>Null when the text is no YAML document; what is wrong is added to <paramref name="faults"/>.</summary>
    public static YamlPart? Read(string text, List<PipelineFaultView> faults)
    {
        var reader = new YamlReader(text, faults);
        try { return reader.Document(); }
        catch (TooMuchException tooMuch) { faults.Add(new PipelineFaultView("", tooMuch.Message, tooMuch.Line)); }
        catch (YamlException error) { faults.Add(new PipelineFaultView("", $"The text is no YAML: {error.InnerException?.Message ?? error.Message}", (int)error.Start.Line)); }
        catch (InvalidOperationException)
        {
            // YamlDotNet's scanner says so of plain text in a flow that begins left of its block.
            faults.Add(new PipelineFaultView("", "The text is no YAML: look here and below for a line inside [ ] or { } that begins further left than the block around it.", (int)(reader._parser.Current?.End.Line ?? 1)));
        }

        return null;
    }

    private YamlPart? Document()
    {
        _parser.Consume<StreamStart>();
        if (!_parser.Accept<DocumentStart>(out _))
        {
            _faults.Add(new PipelineFaultView("", "The definition is empty; it begins with 'pipeline: NAME' and 'steps:'."));
            return null;
        }

        _parser.Consume<DocumentStart>();
        var root = Part("", 1);
        _parser.Consume<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out var second)) { _faults.Add(new PipelineFaultView("", "A second document begins here; a definition is one.", (int)second.Start.Line)); }

        return root;
    }

    private YamlPart Part(string path, int depth)
    {
        var line = (int)_parser.Current!.Start.Line;
        if (++_parts > MaxParts) { throw new TooMuchException($"The definition has more than {MaxParts} parts.", line); }

        if (depth > MaxDepth) { throw new TooMuchException($"The definition is nested more than {MaxDepth} levels deep here.", line); }

        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            _faults.Add(new PipelineFaultView(path, $"'*{alias.Value}' is an alias, which definitions do not take; write the value out.", line));
            return new YamlText(line, "", true);
        }

        if (_parser.Current is NodeEvent { Anchor.IsEmpty: false } anchored) { _faults.Add(new PipelineFaultView(path, $"'&{anchored.Anchor.Value}' is an anchor, which definitions do not take; write the value out where it is needed.", line)); }

        if (_parser.Current is NodeEvent { Tag.IsEmpty: false } tagged) { _faults.Add(new PipelineFaultView(path, $"'{tagged.Tag}' is a tag, which definitions do not take; leave it out.", line)); }

        if (_parser.TryConsume<Scalar>(out var scalar)) { return new YamlText(line, scalar.Value, scalar.Style is ScalarStyle.Plain); }

        return _parser.Accept<SequenceStart>(out _) ? List(path, line, depth) : Map(path, line, depth);
    }

    private YamlList List(string path, int line, int depth)
    {
        _parser.Consume<SequenceStart>();
        var items = new List<YamlPart>();
        while (!_parser.TryConsume<SequenceEnd>(out _)) { items.Add(Part($"{path}[{items.Count}]", depth + 1)); }

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
                _faults.Add(new PipelineFaultView(path, "A key is a word; a list, a mapping or nothing cannot be one.", key.Line));
                Part(path, depth + 1);
                continue;
            }

            var at = path.Length == 0 ? name : $"{path}.{name}";
            var value = Part(at, depth + 1);
            if (name.Contains('\0', StringComparison.Ordinal)) { _faults.Add(new PipelineFaultView(path, "A key holds the character U+0000.", key.Line)); }
            else if (seen.TryAdd(name, key.Line)) { entries.Add((text, value)); }
            else { _faults.Add(new PipelineFaultView(at, $"'{at}' is there twice, first in line {seen[name]}.", key.Line)); }
        }

        return new YamlMap(line, entries);
    }

    private sealed class TooMuchException(string message, int line) : Exception(message)
    {
        public int Line { get; } = line;
    }
}
