using System.CommandLine;

namespace Slipway.Cli;

/// <summary>The verbs of <c>slipway</c>. Exit codes: 0 done, 1 refused or failed, 2 wrong usage.</summary>
internal static class CommandLine
{
    public static RootCommand Root()
    {
        var root = new RootCommand("Slipway: models from first experiment to last day in production. 'serve', 'admin', 'test' and 'bench' are verbs of the ./slipway script.")
        {
            StatusVerb.Create(),
            DatasetVerbs.Create(),
            PipelineVerbs.Create(),
            ModelVerbs.Create(),
            ImportVerb.Create(),
            PredictVerb.Create(),
            MonitorVerbs.Create(),
            MonitorVerbs.CreateLabel(),
            AnswersVerb.Create(),
            InventoryVerbs.Create(),
            PolicyVerbs.Create(),
            ApprovalVerbs.Request(),
            ApprovalVerbs.Approve(),
            ApprovalVerbs.Refuse(),
            ApprovalVerbs.Create(),
            ExceptionVerbs.Create(),
            WebhookVerbs.Create(),
            TrashVerbs.Create(),
            AuditVerbs.Create(),
        };
        foreach (var verb in EndpointVerbs.Create()) { root.Add(verb); }

        return root;
    }

    public static async Task<int> Run(string[] args)
    {
        // A word that begins with @ is an alias of a model, not the name of a file with more words.
        var parsed = Root().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var code = await parsed.InvokeAsync();

        // Wrong usage has been explained by now, with the verb's help.
        return parsed.Errors.Count > 0 ? 2 : code;
    }
}
