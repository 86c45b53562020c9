internal import FieldIndex
internal import GRDB
internal import Logging
internal import Mapping
internal import Ordinals
internal import VectorIndex

/// Brings a shard's state into memory, and its field index and graphs up to the database.
struct ShardRecovery {
    let directory: String
    let store: DocumentStore
    let mapping: Mapping
    let graphThreads: Int
    let logger: Logger

    struct Recovered {
        var state: ShardState
        var segments: [Segment]
        var segmentDirectory: SegmentDirectory
    }

    func run() throws(ShardError) -> Recovered {
        var state = ShardState()
        let definitions = try store.read { database in
            for row in try Row.fetchAll(database, sql: "SELECT key, value FROM meta") {
                switch try row.value(0) as String {
                case "next_ordinal": state.nextOrdinal = try row.value(1)
                case "next_seq_no": state.nextSequenceNumber = try row.value(1)
                default: break
                }
            }
            return try VectorFieldTable.all(in: database)
        }
        for definition in definitions {
            state.vectorFields[definition.field] = try vectorField(definition)
        }
        try readOrdinals(&state)
        let (segments, files) = try FieldRecovery(directory: directory, store: store, mapping: mapping, logger: logger)
            .run(live: state.live, end: state.nextOrdinal)
        let fields = FieldIndexView(segments)
        // Rows of the purged may still be there.
        let known = state.needed.union(OrdinalSet(state.dead.map(\.ordinal)))
        for (name, field) in state.vectorFields {
            let ordinals = fields.documents(having: name).intersection(known)
            try reconcile(field, name, ordinals, state)
            state.vectorOrdinals[name] = ordinals
        }
        return Recovered(state: state, segments: segments, segmentDirectory: files)
    }

    /// Opens a field's index. A graph that cannot be used, for whatever reason, is thrown away to be built again: it holds
    /// nothing that the vectors do not.
    private func vectorField(_ definition: VectorFieldDefinition) throws(ShardError) -> VectorField {
        let path = directory + "/vectors/" + definition.directoryName
        do throws(VectorIndexError) {
            let configuration = try definition.configuration()
            let index: VectorIndex
            do throws(VectorIndexError) {
                index = try VectorIndex(directory: path, configuration: configuration)
            } catch where Self.isUnusableGraph(in: path, error) {
                logger.warning(
                    "building an unusable graph anew",
                    metadata: ["field": .string(definition.field), "reason": .string(String(describing: error))])
                index = try VectorIndex(directory: path, configuration: configuration, opening: .discardingGraphs)
            }
            return VectorField(definition: definition, index: index)
        } catch {
            throw .vectors(field: definition.field, error)
        }
    }

    /// Whether the error says that a file's content is of no use, which can be made again.
    private static func isUnusableGraph(in directory: String, _ error: VectorIndexError) -> Bool {
        switch error {
        case .damagedFile(let path, _), .unsupportedVersion(let path, _), .configurationMismatch(let path):
            VectorIndex.isDerived(path, in: directory)
        default: false
        }
    }

    /// Fills in what is live and what is dead.
    private func readOrdinals(_ state: inout ShardState) throws(ShardError) {
        var words = [UInt64](repeating: 0, count: (Int(state.nextOrdinal) + 63) / 64)
        var dead: [UInt32] = []
        var nested: [(ordinal: UInt32, count: UInt32)] = []
        try store.read { database in
            let cursor = try Row.fetchCursor(database, sql: "SELECT ordinal FROM ids WHERE ordinal IS NOT NULL")
            while let row = try cursor.next() {
                let ordinal: UInt32 = try row.value(0)
                guard Int(ordinal >> 6) < words.count else {
                    throw ShardError.damagedFile(
                        path: store.path, reason: "document \(ordinal) is beyond the last ordinal")
                }
                words[Int(ordinal >> 6)] |= 1 << UInt64(ordinal & 63)
            }
            dead = try Row.fetchAll(database, sql: "SELECT ordinal FROM tombstones ORDER BY ordinal").map {
                try $0.value(0)
            }
            nested = try NestedRows.counts(in: database)
        }
        state.live = OrdinalSet(words: words)
        for (ordinal, count) in nested {
            let objects = (ordinal - count)..<ordinal
            if state.live.contains(ordinal) {
                for object in objects { state.nestedObjects.insert(object) }
            } else {
                dead += objects
            }
        }
        state.dead = dead.sorted().map { (ordinal: $0, generation: 0) }
    }

    /// Takes out of the graph what was purged after its checkpoint, and inserts what was written after it.
    ///
    /// - Parameter ordinals: those that have a vector in this field.
    private func reconcile(
        _ field: VectorField, _ name: String, _ ordinals: OrdinalSet, _ state: ShardState
    ) throws(ShardError) {
        let members = field.index.members
        do throws(VectorIndexError) {
            try field.index.remove(members.subtracting(ordinals))
        } catch {
            throw .vectors(field: name, error)
        }
        let missing = Array(ordinals.intersection(state.needed).subtracting(members))
        guard !missing.isEmpty else { return }
        logger.info(
            "inserting vectors that the last checkpoint does not cover",
            metadata: ["field": .string(name), "vectors": .stringConvertible(missing.count)])
        do throws(VectorIndexError) {
            try field.index.insert(missing, threads: graphThreads)
        } catch .missingVector(let ordinal) {
            throw .damagedFile(
                path: VectorIndex.vectorsPath(
                    in: field.index.directory, elementType: field.index.configuration.elementType),
                reason: "the vector of document \(ordinal) is missing")
        } catch {
            throw .vectors(field: name, error)
        }
    }
}
