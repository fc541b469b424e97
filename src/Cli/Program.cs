return await Slipway.Cli.CommandLine.Run(args);
