namespace Muster.App.Pumps;

/// <summary>Work that is found by looking at the store. A test turns it by hand; the host turns it at every beat.</summary>
public interface IPump
{
    /// <summary>The longest time between two looks.</summary>
    TimeSpan Period { get; }

    /// <summary>Does one piece of work; false when there is none that can be done now.</summary>
    Task<bool> TurnAsync(CancellationToken cancellationToken);
}
