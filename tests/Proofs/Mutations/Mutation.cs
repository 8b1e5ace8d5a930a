using Muster.Contracts;

namespace Muster.Proofs.Mutations;

/// <summary>One way to break a good exchange.</summary>
/// <param name="Fits">Whether an exchange can be broken so at all.</param>
/// <param name="Break">The same exchange, wrong.</param>
internal sealed record Mutation(string Name, Func<Checked, bool> Fits, Func<Checked, Random, Exchange> Break);
