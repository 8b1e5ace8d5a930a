Console.WriteLine("muster");
