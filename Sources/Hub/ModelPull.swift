internal import Files

/// Brings a model from a hub into a folder of models.
///
/// The model's folder appears there only when all of its files have come and match the hub's checksums. What has come
/// until then waits in a hidden folder, and the next pull of the same commit goes on behind it.
public struct ModelPull: Sendable {
    /// What the pull changed on disk.
    public enum Outcome: Equatable, Sendable {
        case pulled
        /// The folder was there, with the same files.
        case unchanged
    }

    private let client: HubClient
    /// The commit that the revision stands for.
    public let commit: String
    public let files: FileSelection

    /// Asks the hub what there is.
    ///
    /// - Parameter revision: A branch, tag or commit.
    /// - Throws: `HubError`.
    public init(_ model: RepositoryName, revision: String, from endpoint: HubEndpoint) async throws(HubError) {
        client = HubClient(endpoint: endpoint, model: model, revision: revision)
        let found = try await client.resolvedRevision()
        commit = found.commit
        files = try FileSelection(found.files, of: model)
    }

    /// How far a pull is.
    public struct Progress: Equatable, Sendable {
        /// Of those that were missing at the start.
        public var bytes: Int
        public var totalBytes: Int
    }

    /// Fetches the files into `<models>/<id>`.
    ///
    /// - Parameters:
    ///   - id: The name of the model's folder, which follows Elasticsearch's rule for model ids.
    ///   - replaces: Whether a folder that is there and holds something else is replaced.
    ///   - check: Called before the weights are fetched, with a folder that has the descriptions, and empty files for the
    ///     weights. What it throws ends the pull.
    ///   - progress: Called whenever bytes have come.
    /// - Throws: `HubError`, and what `check` throws.
    public func run(
        into models: String, as id: String, replaces: Bool = false, check: (String) throws -> Void = { _ in },
        progress: (Progress) -> Void = { _ in }
    ) async throws -> Outcome {
        guard Self.isValid(id: id) else { throw HubError.invalidID(id) }
        if try HubError.wrapping(Path.exists("\(models)/\(id)")) {
            guard let difference = try difference("\(models)/\(id)") else { return .unchanged }
            guard replaces else { throw HubError.differs(folder: "\(models)/\(id)", path: difference) }
        }
        let staging = try StagingFolder(models: models, id: id, commit: commit)
        let present = try staging.prepare(files.all)
        try ensureSpace(at: staging.path, files.bytes - present)

        var report = Progress(bytes: 0, totalBytes: files.bytes - present), finished = 0
        func fetch(_ group: [HubFile]) async throws(HubError) {
            for file in group {
                try await client.download(file, of: commit, to: "\(staging.path)/\(file.path)") { bytes in
                    report.bytes = max(0, finished + bytes - present)
                    progress(report)
                }
                finished += file.size
            }
        }
        try await fetch(files.descriptions)
        do {
            try check(staging.path)
        } catch {
            try staging.discard()
            throw error
        }
        try await fetch(files.weights)
        try staging.publish(files.all)
        return .pulled
    }

    /// The first file that `folder` lacks or has another content for.
    private func difference(_ folder: String) throws(HubError) -> String? {
        for file in files.all {
            let path = "\(folder)/\(file.path)"
            guard Path.isFile(path), try file.matches(path) else { return file.path }
        }
        return nil
    }

    private func ensureSpace(at folder: String, _ needed: Int) throws(HubError) {
        if let available = Directory.freeBytes(at: folder), available < needed {
            throw .notEnoughSpace(folder: folder, needed: needed, available: available)
        }
    }

    /// Source: Elasticsearch, `MlStrings.isValidId` and `hasValidLengthForId`.
    private static func isValid(id: String) -> Bool {
        func isEdge(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) }
        guard let first = id.utf8.first, let last = id.utf8.last, id.utf8.count <= 64 else { return false }
        return isEdge(first) && isEdge(last) && id.utf8.allSatisfy { isEdge($0) || "_-.".utf8.contains($0) }
    }
}
