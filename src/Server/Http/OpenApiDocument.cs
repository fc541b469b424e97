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
            return Task.CompletedTask;
        });
    });
}
