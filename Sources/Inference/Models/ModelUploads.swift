internal import Encoders
internal import Files
internal import JSON
internal import Synchronization

/// The folder of models that come over the API, each in a folder of its own by its id:
///
///     model.json        the configuration; a folder without it is none
///     definition.part   what has come of the definition
///     definition.pt     the whole definition
///     vocabulary.json
final class ModelUploads: Sendable {
    private enum Name {
        static let configuration = "model.json"
        static let part = "definition.part"
        static let definition = "definition.pt"
        static let vocabulary = "vocabulary.json"
        static let all: Set = [configuration, part, definition, vocabulary]
    }

    /// How far a definition has come.
    private struct Progress {
        /// Where each part begins that has come, and where the next one shall.
        var offsets = [0]
    }

    let folder: String
    /// By id; also held while files are changed, so that changes come one after another.
    private let progress = Mutex<[String: Progress]>([:])

    init(folder: String) {
        self.folder = folder
    }

    /// Every model whose configuration can be read.
    func all() -> [UploadedModel] {
        let ids = (try? Directory.names(in: folder)) ?? []
        return ids.sorted().compactMap(model)
    }

    private func model(_ id: String) -> UploadedModel? {
        let folder = Path.join(folder, id)
        guard let bytes = try? File.contents(of: Path.join(folder, Name.configuration)),
            let configuration = try? JSONDocument(parsing: bytes)
        else { return nil }
        return UploadedModel(
            id: id, folder: folder, configuration: JSONValue(configuration.root),
            hasDefinition: Path.isFile(Path.join(folder, Name.definition)),
            hasVocabulary: Path.isFile(Path.join(folder, Name.vocabulary)))
    }

    func create(_ id: String, _ configuration: JSONValue) -> Result<UploadedModel, InferenceError> {
        let folder = Path.join(folder, id)
        // A crash may have left some of one that was being made or deleted; anything else is not ours.
        let present = (try? Directory.names(in: folder)) ?? []
        guard present.allSatisfy({ name in Name.all.contains { name.hasPrefix($0) } }) else {
            return .failure(.folderInTheWay(folder))
        }
        return changing { progress throws(FileError) in
            try Path.remove(folder)
            try Directory.create(folder)
            try File.replace(Path.join(folder, Name.configuration), with: configuration.serialized(pretty: true))
            progress[id] = Progress()
            return UploadedModel(
                id: id, folder: folder, configuration: configuration, hasDefinition: false, hasVocabulary: false)
        }
    }

    func putVocabulary(_ content: [UInt8], of id: String) -> Result<Void, InferenceError> {
        changing { _ throws(FileError) in
            try File.replace(Path.join(Path.join(folder, id), Name.vocabulary), with: content)
        }
    }

    /// The configuration goes first: without it the folder is nothing.
    func delete(_ id: String) -> Result<Void, InferenceError> {
        changing { progress throws(FileError) in
            let folder = Path.join(folder, id)
            try Path.remove(Path.join(folder, Name.configuration))
            try Path.remove(folder)
            progress[id] = nil
        }
    }

    /// Writes a part behind those before it; one that came already is written again, as clients repeat what they think was
    /// lost. With the last one the whole is looked at, and dropped if it cannot be run.
    func append(_ part: DefinitionPart, to id: String) -> Result<Void, InferenceError> {
        progress.withLock { progress in
            Result { () throws(InferenceError) in try append(part, to: id, &progress[id, default: Progress()]) }
        }
    }

    private func append(
        _ part: DefinitionPart, to id: String, _ progress: inout Progress
    ) throws(InferenceError) {
        guard part.number < progress.offsets.count else {
            throw .partOutOfOrder(id: id, part: part.number, expected: progress.offsets.count - 1)
        }
        let folder = Path.join(folder, id), partial = Path.join(folder, Name.part)
        let start = progress.offsets[part.number], end = start + part.bytes.count
        guard part.isLast ? end == part.totalLength : end < part.totalLength else {
            throw .definitionLength(id: id, expected: part.totalLength, found: end)
        }
        progress.offsets.removeSubrange((part.number + 1)...)
        try InferenceError.wrapping { () throws(FileError) in
            let file = try File(partial, .update, followingLinks: false)
            try file.write(part.bytes, at: start)
            guard part.isLast else { return }
            try file.resize(to: end)
            try file.synchronize()
            try Path.move(partial, to: Path.join(folder, Name.definition))
        }
        guard part.isLast else {
            progress.offsets.append(end)
            return
        }
        do throws(ModelLayoutError) {
            _ = try ModelLayout(folder: folder)
        } catch {
            progress = Progress()
            try? Path.remove(Path.join(folder, Name.definition))
            throw .definitionRefused(id: id, error)
        }
    }

    private func changing<Value: Sendable>(
        _ body: (inout [String: Progress]) throws(FileError) -> Value
    ) -> Result<Value, InferenceError> {
        progress.withLock { progress in
            Result { () throws(FileError) in try body(&progress) }.mapError { .file($0) }
        }
    }
}
