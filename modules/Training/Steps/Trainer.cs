using System.Reflection;
using System.Runtime.InteropServices;
using MathNet.Numerics;
using Slipway.Kernel;
using Slipway.OnnxRuntime;
using Slipway.Training.Contracts;
using Slipway.Training.Design;
using Slipway.Training.Findings;
using Slipway.Training.Fitting;
using Slipway.Training.Onnx;

namespace Slipway.Training.Steps;

/// <summary>From columns to a model file and its record; nothing is stored.</summary>
internal static class Trainer
{
    // What the file and the formula may differ by, on any row.
    private const double MostDifference = 1e-6;

    /// <summary>Fits, writes the file, and holds it against the formula on every row.</summary>
    public static Result<Trained> Train(TrainSettings settings, IReadOnlyDictionary<string, Column> columns, int rows, CancellationToken ct)
    {
        if (FeaturePlan.Make(settings.Features, columns).Fails(out var problem, out var features)) { return problem; }

        if (Labels.Read(settings.Label, columns[settings.Label.Column], settings.Logistic).Fails(out problem, out var label)) { return problem; }

        if (Weights.Read(settings.Weight is null ? null : columns[settings.Weight], rows).Fails(out problem, out var weights)) { return problem; }

        if (DesignMatrix.Make(features, columns, rows).Fails(out problem, out var design)) { return problem; }

        ct.ThrowIfCancellationRequested();
        if ((settings.Logistic ? LogisticFit.Run(design, label, weights, ct) : LinearFit.Run(design, label, weights, ct)).Fails(out problem, out var fit)) { return problem; }

        var model = new TrainedModel(settings.Logistic, settings.Label, features, design, fit);
        var file = ModelFile.Write(model);
        if (ModelScorer.Score(file, columns, rows, ct).Fails(out problem, out var scores)) { return problem; }

        for (var row = 0; row < rows; row++)
        {
            var difference = Math.Abs(model.Score(design.Columns, row) - scores[row]);
            if (!(difference <= MostDifference)) { throw new InvalidOperationException($"The model file scores row {row + 1} {difference:R} away from the formula."); }
        }

        var looked = features.Select(feature => feature.Column).Distinct(StringComparer.Ordinal).Select(name => columns[name]);
        return new Trained(model, file, SingleFeature.Find(looked, label, settings.Logistic, "training rows"));
    }

    public static TrainingReport Report(Trained trained, string dataDigest, string modelDigest)
    {
        var model = trained.Model;
        return new TrainingReport(
            model.Logistic ? "logistic" : "linear", new LabelView(model.Label.Column, model.Label.Positive, model.Label.Log ? "log" : null),
            [.. model.Features.Select(feature => feature.ToView())], model.Fit.Coefficients(model.Design.Terms), model.Fit.Measures, ModelFile.Signature(model), Environment(), trained.Findings, dataDigest, modelDigest);
    }

    private static EnvironmentView Environment() => new(
        RuntimeInformation.FrameworkDescription, RuntimeInformation.OSDescription, RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant(),
        new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["Slipway"] = VersionOf(typeof(Trainer)), ["MathNet.Numerics"] = VersionOf(typeof(SpecialFunctions)), ["onnxruntime"] = OnnxSession.EngineVersion,
        });

    private static string VersionOf(Type type) => type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? type.Assembly.GetName().Version!.ToString();
}

/// <summary>What one training gave.</summary>
internal sealed record Trained(TrainedModel Model, byte[] File, IReadOnlyList<FindingView> Findings);
