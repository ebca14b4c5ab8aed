using Gantry.Cloud.Hosting;

return await CloudHost.RunAsync(args);
