using Microsoft.Data.Sqlite;
using Muster.Core;
using Muster.Core.Recorder;

namespace Muster.App.Recorder;

/// <summary>A wave as its events tell it.</summary>
internal static class WaveRecord
{
    public static WaveStory Read(SqliteConnection db, WaveId wave) => WaveStory.Of(wave, EventLog.Read(db, wave, 0, int.MaxValue));
}
