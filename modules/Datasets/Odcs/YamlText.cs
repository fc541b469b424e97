using System.Globalization;
using Slipway.Kernel;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Slipway.Datasets.Odcs;

/// <summary>Reads one YAML document from somebody's text: bounded in depth and size, without aliases, which can blow up a small text.</summary>
internal static class YamlText
{
    private const int MaxDepth = 16;
    private const int MaxNodes = 200_000;

    public static Result<YamlNode> Read(string text)
    {
        if (text.Length > Limits.ContractChars) { return Refused($"The contract has {text.Length} characters; it may have {Limits.ContractChars}."); }

        try
        {
            if (Fault(text) is { } fault) { return Refused(fault); }

            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return stream.Documents.Count == 1
                ? stream.Documents[0].RootNode
                : Refused($"The text holds {stream.Documents.Count} YAML documents; a contract is one.");
        }
        catch (YamlException error)
        {
            return Refused(string.Create(CultureInfo.InvariantCulture, $"The contract is no YAML: line {error.Start.Line}, column {error.Start.Column}: {error.Message}"));
        }
        catch (InvalidOperationException)
        {
            // YamlDotNet's scanner says so of plain text in a flow that begins left of its block.
            return Refused("The contract is no YAML: look for a line inside [ ] or { } that begins further left than the block around it.");
        }
    }

    // Looks at the events, which takes no stack, before the tree is built, which does.
    private static string? Fault(string text)
    {
        var parser = new Parser(new StringReader(text));
        for (int depth = 0, nodes = 0; parser.MoveNext();)
        {
            depth += parser.Current is MappingStart or SequenceStart ? 1 : parser.Current is MappingEnd or SequenceEnd ? -1 : 0;
            if (depth > MaxDepth) { return $"The contract is nested more than {MaxDepth} levels deep at line {parser.Current!.Start.Line}."; }

            if (++nodes > MaxNodes) { return $"The contract has more than {MaxNodes} parts."; }

            if (parser.Current is AnchorAlias alias) { return $"The contract has an alias (*{alias.Value}) at line {alias.Start.Line}; write the value in full."; }
        }

        return null;
    }

    private static Problem Refused(string detail) => Problem.Invalid([new Fault("contract", detail)]);
}
