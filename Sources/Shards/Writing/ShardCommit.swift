internal import Files
internal import GRDB
internal import Mapping
internal import Ordinals
internal import VectorIndex

/// One transaction: checks operations, writes their rows and vectors, and works out the state that follows.
///
/// The copy of the state becomes the shard's only if `run` returns.
struct ShardCommit {
    struct Insertion: Sendable {
        var field: String
        var index: VectorIndex
        var ordinals: [UInt32]
    }

    let directory: String
    let store: DocumentStore
    private(set) var state: ShardState
    private(set) var results: [Result<ShardWriteResult, WriteRefusal>] = []
    /// What has to go into graphs once the transaction is durable.
    private(set) var insertions: [Insertion] = []
    /// What has to go into the field index then.
    private(set) var documents: [IndexedDocument] = []
    private var vectors: [String: [(ordinal: UInt32, vector: [Float])]] = [:]

    init(directory: String, store: DocumentStore, state: ShardState) {
        self.directory = directory
        self.store = store
        self.state = state
    }

    /// - Throws: `ShardError`; then nothing was written.
    mutating func run(_ operations: [ShardOperation]) throws(ShardError) {
        var next = self
        next.state.generation += 1
        try store.write { database in
            for operation in operations { next.results.append(try next.apply(operation, database)) }
            try next.writeVectors()
            try database.execute(
                sql: "UPDATE meta SET value = CASE key WHEN 'next_ordinal' THEN ? ELSE ? END WHERE key LIKE 'next%'",
                arguments: [next.state.nextOrdinal, next.state.nextSequenceNumber])
        }
        self = next
    }

    private mutating func apply(
        _ operation: ShardOperation, _ database: Database
    ) throws -> Result<ShardWriteResult, WriteRefusal> {
        let current = try DocumentStore.identity(of: operation.id, in: database)
        if let refusal = Self.conflict(operation, current) { return .failure(refusal) }
        switch operation.action {
        case .index(let document), .create(let document):
            if let refusal = try prepareVectors(of: document, database) { return .failure(refusal) }
            return .success(try write(document, operation, current, database))
        case .delete:
            return .success(try delete(operation, current, database))
        }
    }

    private static func conflict(_ operation: ShardOperation, _ current: DocumentStore.Identity?) -> WriteRefusal? {
        let present = current.flatMap { $0.ordinal == nil ? nil : $0 }
        if case .create = operation.action, let present {
            return .alreadyExists(id: operation.id, currentVersion: present.version)
        }
        // A deleted document keeps its version.
        if let provided = operation.version, let current, provided.conflicts(with: current.version) {
            return .versionConflict(id: operation.id, current: current.version, provided: provided)
        }
        guard operation.requiredSequenceNumber != nil || operation.requiredPrimaryTerm != nil else { return nil }
        let matches = present.map { present in
            operation.requiredSequenceNumber.map { $0 == present.sequenceNumber } ?? true
                && operation.requiredPrimaryTerm.map { $0 == Shard.primaryTerm } ?? true
        }
        if matches == true { return nil }
        return .sequenceNumberConflict(
            id: operation.id, requiredSequenceNumber: operation.requiredSequenceNumber ?? -2,
            requiredPrimaryTerm: operation.requiredPrimaryTerm ?? 0, current: present?.sequenceNumber)
    }

    private mutating func write(
        _ document: ParsedDocument, _ operation: ShardOperation, _ current: DocumentStore.Identity?,
        _ database: Database
    ) throws -> ShardWriteResult {
        guard Int(state.nextOrdinal) + document.nested.count < Int(VectorIndex.maximumOrdinal) else {
            throw ShardError.ordinalsExhausted(path: store.path)
        }
        // Nested objects come directly before their document.
        let first = state.nextOrdinal
        let ordinal = first + UInt32(document.nested.count)
        state.nextOrdinal = ordinal + 1
        let result = ShardWriteResult(
            outcome: current?.ordinal == nil ? .created : .updated, version: Self.version(operation, after: current),
            sequenceNumber: takeSequenceNumber(operation.sequenceNumber))
        try supersede(current, id: operation.id, database)
        try DocumentRows.insert(document, operation, result, ordinal: ordinal, in: database)
        try DocumentRows.setIdentity(operation.id, ordinal: ordinal, result, in: database)
        if !document.nested.isEmpty { try NestedRows.insert(document.nested, ordinal: ordinal, in: database) }
        documents.append(IndexedDocument(document, ordinal: ordinal))
        for (object, nested) in zip(first..., document.nested) {
            state.nestedObjects.insert(object)
            add(nested.content.vectors, ordinal: object)
        }
        state.live.insert(ordinal)
        add(document.vectors, ordinal: ordinal)
        return result
    }

    /// The greatest version, which a client may give, is followed by itself.
    private static func version(_ operation: ShardOperation, after current: DocumentStore.Identity?) -> Int64 {
        if let given = operation.version?.number { return given }
        let former = current?.version ?? 0
        return former == .max ? former : former + 1
    }

    private mutating func add(_ added: [ParsedDocument.IndexedVector], ordinal: UInt32) {
        for vector in added {
            vectors[vector.field, default: []].append((ordinal, vector.values))
            state.vectorOrdinals[vector.field, default: []].insert(ordinal)
        }
    }

    private mutating func delete(
        _ operation: ShardOperation, _ current: DocumentStore.Identity?, _ database: Database
    ) throws -> ShardWriteResult {
        let result = ShardWriteResult(
            outcome: current?.ordinal == nil ? .notFound : .deleted, version: Self.version(operation, after: current),
            sequenceNumber: takeSequenceNumber())
        try supersede(current, id: operation.id, database)
        try DocumentRows.setIdentity(operation.id, ordinal: nil, result, in: database)
        return result
    }

    private mutating func supersede(_ current: DocumentStore.Identity?, id: String, _ database: Database) throws {
        guard let ordinal = current?.ordinal else { return }
        try DocumentRows.bury(ordinal, id: id, in: database)
        for object in state.nestedObjects.runStart(before: ordinal)..<ordinal {
            state.nestedObjects.remove(object)
            state.dead.append((object, state.generation))
        }
        state.live.remove(ordinal)
        state.dead.append((ordinal, state.generation))
    }

    private mutating func takeSequenceNumber(_ given: Int64? = nil) -> Int64 {
        let number = given ?? state.nextSequenceNumber
        state.nextSequenceNumber = max(state.nextSequenceNumber, number + 1)
        return number
    }

    /// Opens the indexes that a document's vectors go to, and checks that they will take them.
    private mutating func prepareVectors(of document: ParsedDocument, _ database: Database) throws -> WriteRefusal? {
        var definitions: [VectorFieldDefinition] = []
        for vector in document.vectors + document.nested.flatMap(\.content.vectors) {
            let definition = VectorFieldDefinition(
                field: vector.field, options: vector.options,
                dimensions: vector.values.count * vector.options.elementType.dimensionsPerComponent)
            do throws(VectorIndexError) {
                let known = state.vectorFields[vector.field]
                let configuration = if let known { known.index.configuration } else { try definition.configuration() }
                try configuration.validate(vector.values)
            } catch {
                return .storage(.vectors(field: vector.field, error))
            }
            definitions.append(definition)
        }
        // All are good: a document that is refused leaves no field behind.
        for definition in definitions where state.vectorFields[definition.field] == nil {
            // The table knows each field once: from here on, no row names what is in the way of the new directory.
            try VectorFieldTable.insert(definition, in: database)
            state.vectorFields[definition.field] = try create(definition)
        }
        return nil
    }

    private func create(_ definition: VectorFieldDefinition) throws(ShardError) -> VectorField {
        let path = directory + "/vectors/" + definition.directoryName
        guard !state.vectorFields.values.contains(where: { $0.definition.directoryName == definition.directoryName }) else {
            throw .vectorDirectoryTaken(path: path)
        }
        // What an unfinished commit may have left there belongs to no document.
        try ShardError.wrapping(Path.remove(path))
        do {
            let index = try VectorIndex(directory: path, configuration: try definition.configuration())
            return VectorField(definition: definition, index: index)
        } catch {
            throw .vectors(field: definition.field, error)
        }
    }

    /// Vectors are on disk before the transaction that names them commits.
    private mutating func writeVectors() throws(ShardError) {
        for (name, batch) in vectors {
            guard let field = state.vectorFields[name] else { continue }
            // An overwritten document of this very commit needs no place in the graph.
            let ordinals = batch.map(\.ordinal).filter { state.live.contains($0) || state.nestedObjects.contains($0) }
            do throws(VectorIndexError) {
                try field.index.append(batch)
                try field.index.synchronize()
            } catch {
                throw .vectors(field: name, error)
            }
            insertions.append(Insertion(field: name, index: field.index, ordinals: ordinals))
        }
    }
}
