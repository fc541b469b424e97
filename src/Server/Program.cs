return await Slipway.Server.CommandLine.Run(args);
