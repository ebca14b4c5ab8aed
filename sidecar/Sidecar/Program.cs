Console.WriteLine("Gantry sidecar");
