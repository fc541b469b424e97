using Google.Protobuf.Collections;
using Slipway.OnnxRuntime.Proto;

namespace Slipway.OnnxRuntime.Check;

/// <summary>The model as a whole: versions, domains, and what it takes and gives.</summary>
internal static class ModelCheck
{
    private const long OldestFormat = 3, NewestFormat = 13;

    // The operator sets that ONNX Runtime 1.30 knows as released.
    private static readonly Dictionary<string, (long Oldest, long Newest)> Domains = new() { [""] = (7, 26), ["ai.onnx.ml"] = (1, 5) };

    public static void Run(ModelProto model, Faults faults)
    {
        if (model.IrVersion is < OldestFormat or > NewestFormat)
        {
            faults.Add("ir_version", $"The format's version is {(model.HasIrVersion ? model.IrVersion : "missing")}; versions {OldestFormat} to {NewestFormat} are known.");
        }

        var imported = Imported(model, faults);
        if (model.Graph is null)
        {
            faults.Add("graph", "The model has no graph; the file is cut off or no model.");
            return;
        }

        var graph = new Place(null, "graph");
        Values(model.Graph.Input, graph, "input", faults);
        Values(model.Graph.Output, graph, "output", faults);
        if (model.Graph.Output.Count == 0) { faults.Add("graph.output", "The model has no output; it must give something."); }

        GraphCheck.Run(model.Graph, graph, imported, faults);
    }

    /// <summary>One name for each domain: the standard one is written as nothing or as ai.onnx.</summary>
    public static string Normal(string domain) => domain == "ai.onnx" ? "" : domain;

    private static HashSet<string> Imported(ModelProto model, Faults faults)
    {
        var imported = new HashSet<string>();
        for (var i = 0; i < model.OpsetImport.Count; i++)
        {
            var (opset, place) = (model.OpsetImport[i], $"opset_import[{i}]");
            var domain = Normal(opset.Domain);
            if (!Domains.TryGetValue(domain, out var known)) { faults.Add(place, $"The domain {Faults.Quote(opset.Domain)} is not accepted; only the operators of ai.onnx and ai.onnx.ml are."); }
            else if (opset.Version < known.Oldest || opset.Version > known.Newest)
            {
                faults.Add(place, $"Version {opset.Version} of {(domain.Length == 0 ? "ai.onnx" : domain)} is not known; versions {known.Oldest} to {known.Newest} are.");
            }

            if (!imported.Add(domain)) { faults.Add(place, $"The domain {Faults.Quote(opset.Domain)} is imported twice; once is enough."); }
        }

        if (imported.Count == 0) { faults.Add("opset_import", "The model does not say which version of the operators it uses; the file is cut off or no model."); }

        return imported;
    }

    private static void Values(RepeatedField<ValueInfoProto> values, Place graph, string field, Faults faults)
    {
        if (values.Count > faults.Limits.Values)
        {
            faults.Add(graph.At(field).ToString(), $"The model has {values.Count} {field}s; at most {faults.Limits.Values} are allowed.");
            return;
        }

        var names = new HashSet<string>();
        for (var i = 0; i < values.Count; i++)
        {
            var place = graph.At(field, i);
            if (values[i].Name.Length == 0) { faults.Add(place.ToString(), $"The {field} has no name."); }
            else if (!names.Add(values[i].Name)) { faults.Add(place.ToString(), $"The name {Faults.Quote(values[i].Name)} is there twice among the {field}s."); }

            if (values[i].Type is null or { ValueCase: TypeProto.ValueOneofCase.None }) { faults.Add(place.ToString(), $"The {field} {Faults.Quote(values[i].Name)} has no type."); }
        }
    }
}
