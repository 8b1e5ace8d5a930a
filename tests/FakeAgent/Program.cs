using FakeAgent;

return await Agent.RunAsync(args, Job.FromEnvironment());
