using Connector.Cli;

return await Shell.RunProcessAsync(args);
