using Microsoft.Extensions.DependencyInjection;

namespace Slipway.Kernel;

/// <summary>Registers the store of blobs.</summary>
public static class S3Services
{
    /// <summary>Blobs in a bucket; the start fails when the bucket does.</summary>
    public static IServiceCollection AddS3Blobs(this IServiceCollection services, S3Options options)
    {
        if (options.Direct != DirectTransfers.None) { services.AddSingleton<IDirectBlobs>(provider => new S3DirectBlobs(provider.GetRequiredService<S3BlobStore>(), options.Direct == DirectTransfers.All)); }

        return services
            .AddSingleton(provider => new S3BlobStore(options, provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<IBlobStore>(provider => provider.GetRequiredService<S3BlobStore>())
            .AddSingleton<S3Leftovers>().AddHostedService(provider => provider.GetRequiredService<S3Leftovers>());
    }
}
