namespace Muster.Proofs;

/// <summary>Every proof by its name.</summary>
public static class Catalogue
{
    public static IReadOnlyList<Proof> All { get; } =
    [
        Crashes.EveryPoint.Proof,
        Stories.EveryStory.Proof,
        Deliveries.Duplicates.Proof,
        Deliveries.AnyOrder.Proof,
        Deliveries.LostWebhooks.Proof,
        Mutations.EveryMutation.Proof,
        Budget.ManyAtOnce.Proof,
    ];

    public static Proof? Find(string name) => All.FirstOrDefault(p => p.Name == name);
}
