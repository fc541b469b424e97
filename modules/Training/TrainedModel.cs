using Slipway.Training.Design;
using Slipway.Training.Fitting;

namespace Slipway.Training;

/// <summary>A fitted model with all that is needed to score raw columns.</summary>
/// <param name="Logistic">True: the score is a probability; false: the predictor itself.</param>
internal sealed record TrainedModel(bool Logistic, LabelRule Label, IReadOnlyList<Feature> Features, DesignMatrix Design, Fit Fit)
{
    /// <summary>Name of the score in the model file.</summary>
    public string Output => Logistic ? "probability" : "prediction";

    /// <summary>The score of one row by the formula.</summary>
    public double Score(double[][] columns, int row)
    {
        var predictor = Fit.Predictor(columns, row);
        return Logistic ? LogisticFit.Probability(predictor) : predictor;
    }
}
