internal import JSON
internal import Scripts
internal import Synchronization

/// The scripts that change the documents of one request, each text compiled once.
final class DocumentScripts: Sendable {
    /// Where a script runs: it decides what may be changed beside the source.
    enum Use: Sendable {
        case update, upsert, updateByQuery, reindex
    }

    /// What a script reads and changes: Elasticsearch's `ctx`.
    struct Context: Sendable {
        enum Operation: String, Sendable {
            case index, create, delete
            case none = "noop"
        }

        var index: String
        /// Nil: the node makes one.
        var id: String?
        var routing: String?
        var version: Int64?
        var source: JSONValue
        var operation = Operation.index
    }

    /// Requests with more different scripts than this compile some again.
    private static let capacity = 100

    private let stored: StoredScripts
    /// Milliseconds since 1970, `ctx._now`.
    private let now: Int64
    private let compiled = Mutex<[Text: UpdateScript]>([:])

    private struct Text: Hashable {
        var source: String
        var language: ScriptLanguage
    }

    init(_ stored: StoredScripts, now: Int64) {
        self.stored = stored
        self.now = now
    }

    /// - Throws: `IndicesError.scriptNotFound`, `.scriptLanguageNotSupported`, `ScriptError`.
    func compile(_ reference: ScriptReference) throws -> UpdateScript {
        let script = try stored.resolve(reference)
        let text = Text(source: script.source, language: script.language)
        if let known = compiled.withLock({ $0[text] }) { return known.with(script.parameters) }
        let new = try UpdateScript(script)
        compiled.withLock { known in
            if known.count >= Self.capacity { known.removeAll() }
            known[text] = new
        }
        return new
    }

    /// Runs a script on a document.
    ///
    /// - Throws: what `compile` throws, `ScriptError`, `IndicesError.scriptContext`.
    func run(_ reference: ScriptReference, _ use: Use, on context: Context) throws -> Context {
        let outcome = try compile(reference).run(source: context.source, metadata: context.metadata(use), now: now)
        return try context.changed(by: outcome, use)
    }
}

extension DocumentScripts.Context {
    fileprivate func metadata(_ use: DocumentScripts.Use) -> UpdateScript.Metadata {
        var members: JSONMembers = ["_index": .string(index), "op": .string(operation.rawValue)]
        if let id { members["_id"] = .string(id) }
        // What is not there yet has neither.
        if use == .upsert { return .init(members) }
        members["_routing"] = routing.map { .string($0) } ?? .null
        if let version { members["_version"] = .int(Int(version)) }
        return .init(members)
    }

    fileprivate func changed(by outcome: UpdateScript.Outcome, _ use: DocumentScripts.Use) throws(IndicesError) -> Self {
        var context = self
        guard case .object = outcome.source else { throw .scriptContext(.sourceNotObject) }
        context.source = outcome.source
        let before = metadata(use).members, after = outcome.metadata.members
        for member in after where !["op", "_index", "_id", "_routing", "_version"].contains(member.key) {
            throw .scriptContext(.unknownKey(member.key, value: member.value.scalarText ?? ""))
        }
        for key in ["_index", "_id", "_routing", "_version"] where (before[key] ?? .null) != (after[key] ?? .null) {
            guard use == .reindex else { throw .scriptContext(.fixedKey(key)) }
        }
        if use == .reindex {
            context.index = after["_index"]?.scalarText ?? index
            context.id = after["_id"]?.scalarText
            context.routing = after["_routing"]?.scalarText
            context.version = after["_version"]?.int.map { Int64($0) }
        }
        context.operation = try Self.operation(outcome.operation ?? "", use)
        return context
    }

    private static func operation(_ text: String, _ use: DocumentScripts.Use) throws(IndicesError) -> Operation {
        switch use {
        // What is not known does nothing there, as in Elasticsearch.
        case .update, .upsert: return Operation(rawValue: text) ?? .none
        case .updateByQuery, .reindex:
            let allowed: [Operation] = [.delete, .index, .none]
            guard let operation = Operation(rawValue: text), allowed.contains(operation) else {
                throw .scriptContext(.unknownOperation(text, allowed: allowed.map(\.rawValue)))
            }
            return operation
        }
    }
}
