using Slipway.Kernel;

namespace Slipway.Registry;

/// <summary>Problems of this module. The sentences are MLflow's where it has one: its clients and their users look for them.</summary>
internal static class Faults
{
    public static Problem NoModel(string name) => new(404, "not_found", $"Registered Model with name={name} not found");

    public static Problem NoVersion(string name, long version) => new(404, "not_found", $"Model Version (name={name}, version={version}) not found");

    /// <summary>MLflow answers 400 here, and its clients count on it.</summary>
    public static Problem NoAlias(string alias) => Problem.Invalid("alias", $"Registered model alias {alias} not found.");

    public static Problem TooLong(string parameter, int limit) => Problem.Invalid(parameter, Kernel.Mlflow.KeyRules.TooLong(parameter, limit));
}
