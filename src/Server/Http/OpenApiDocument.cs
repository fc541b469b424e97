using System.Text.RegularExpressions;
using Microsoft.OpenApi;
using Slipway.Kernel;

namespace Slipway.Server;

/// <summary>The document of the native API; foreign protocols have their own specifications.</summary>
internal static class OpenApiDocument
{
    public static void AddOpenApiDocument(this IServiceCollection services) => services.AddOpenApi("v1", openApi =>
    {
        openApi.ShouldInclude = description => ("/" + description.RelativePath).StartsWith(Routes.Native, StringComparison.Ordinal);
        openApi.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "Slipway", Version = "v1", Description = "The native API of Slipway." };
            // The address of the server that happened to write the document is none of its contents.
            document.Servers?.Clear();
            return Task.CompletedTask;
        });
        openApi.AddOperationTransformer((operation, context, _) =>
        {
            operation.Description = context.Description.ActionDescriptor.EndpointMetadata.OfType<Access>().LastOrDefault() switch
            {
                Access.With(var permission) => $"Needs {permission.Name}.",
                Access.SignedIn => "Needs a signed-in caller.",
                Access.Open => "Open to all.",
                _ => operation.Description,
            };
            AddUnboundPathParameters(operation, "/" + context.Description.RelativePath);
            return Task.CompletedTask;
        });
    });

    /// <summary>A handler that takes the workspace from its caller binds no parameter for it; the path needs it all the same.</summary>
    private static void AddUnboundPathParameters(OpenApiOperation operation, string path)
    {
        foreach (Match found in Regex.Matches(path, @"\{\*{0,2}(\w+)"))
        {
            var name = found.Groups[1].Value;
            operation.Parameters ??= [];
            if (operation.Parameters.Any(parameter => parameter.Name == name)) { continue; }

            operation.Parameters.Insert(0, new OpenApiParameter { Name = name, In = ParameterLocation.Path, Required = true, Schema = new OpenApiSchema { Type = JsonSchemaType.String } });
        }
    }
}
