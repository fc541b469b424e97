using Slipway.Bench;

return await Benchmarks.Run(args);
