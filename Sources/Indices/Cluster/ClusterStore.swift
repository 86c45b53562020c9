internal import Synchronization

/// Holds the cluster's metadata, and changes it on disk first. Changes come one after another.
public final class ClusterStore: Sendable {
    private let path: String
    private let state: Mutex<ClusterMetadata>
    /// Settings that a restart forgets.
    private let transient = Mutex<[String: String]>([:])
    private let changing = Mutex(())

    /// - Parameter path: the file, which need not be there.
    /// - Throws: `IndicesError.damagedFile`, `.file`.
    init(opening path: String) throws(IndicesError) {
        self.path = path
        state = Mutex(try ClusterMetadata(reading: path))
    }

    public var metadata: ClusterMetadata { state.withLock { $0 } }

    public var transientSettings: [String: String] { transient.withLock { $0 } }

    /// - Throws: `IndicesError.file`, and what `body` throws; nothing is changed then.
    public func change(_ body: (inout ClusterMetadata) throws(IndicesError) -> Void) throws(IndicesError) {
        try changing.withLock { _ throws(IndicesError) in
            let former = metadata
            var changed = former
            try body(&changed)
            guard changed != former else { return }
            changed.version += 1
            try changed.save(as: path)
            state.withLock { $0 = changed }
        }
    }

    /// The value that counts: the transient one before the persistent one; nil where neither is given.
    public func setting(_ key: String) -> String? {
        transientSettings[key] ?? metadata.persistentSettings[key]
    }

    /// Changes cluster settings: null resets, a null pattern all that it matches.
    ///
    /// - Throws: `IndicesError`: `.unknownClusterSetting`, `.invalidSetting`, `.file`; nothing is changed then.
    public func changeSettings(persistent: SettingsChange, transient change: SettingsChange) throws(IndicesError) {
        var transientChanged = transientSettings
        try ClusterSettings.apply(change, to: &transientChanged)
        try self.change { (metadata) throws(IndicesError) in
            try ClusterSettings.apply(persistent, to: &metadata.persistentSettings)
            try KeepAliveSettings.check { [settings = metadata.persistentSettings] in transientChanged[$0] ?? settings[$0] }
        }
        transient.withLock { $0 = transientChanged }
    }
}
