using Gantry.Sidecar.Cli;
using Gantry.Sidecar.Hosting;

// No word, or 'serve', runs the gateway; any other word is a command for people at a terminal
return args is [] || (args is ["serve", ..] && !args.Any(argument => argument is "--help" or "-h" or "-?"))
    ? await SidecarHost.RunAsync(args is ["serve", .. var arguments] ? arguments : [])
    : await CommandLine.RunAsync(args);
