using Slipway.DuckDb;
using Slipway.Server;

// The worker of DuckDB is this program too; it starts before anything of the server does.
return args is [DuckDbWorker.Verb] ? DuckDbWorker.Run() : await CommandLine.Run(args);
