internal import GRDB
internal import Logging
internal import VectorIndex

/// Brings a shard's state into memory and its graphs up to the database.
struct ShardRecovery {
    let directory: String
    let store: DocumentStore
    let graphThreads: Int
    let logger: Logger

    func run() throws(ShardError) -> ShardState {
        var state = ShardState()
        let definitions = try store.read { database in
            for row in try Row.fetchAll(database, sql: "SELECT key, value FROM meta") {
                switch try row.value(0) as String {
                case "next_ordinal": state.nextOrdinal = try row.value(1)
                case "next_seq_no": state.nextSequenceNumber = try row.value(1)
                default: break
                }
            }
            for row in try Row.fetchAll(database, sql: "SELECT number, name, documents FROM fields") {
                let name: String = try row.value(1)
                state.fieldNumbers[name] = try row.value(0)
                state.fieldDocuments[name] = try row.value(2)
            }
            return try VectorFieldTable.all(in: database)
        }
        for definition in definitions {
            state.vectorFields[definition.field] = try open(definition)
        }
        let sequenceNumbers = try liveDocuments(&state)
        for (name, field) in state.vectorFields {
            state.vectorOrdinals[name] = try replay(field, name, state, sequenceNumbers)
        }
        return state
    }

    /// Opens a field's index; a graph that cannot be trusted is thrown away, to be built again.
    private func open(_ definition: VectorFieldDefinition) throws(ShardError) -> VectorField {
        let path = directory + "/vectors/" + definition.directoryName
        do throws(VectorIndexError) {
            let configuration = try definition.configuration()
            let index: VectorIndex
            do throws(VectorIndexError) {
                index = try VectorIndex(directory: path, configuration: configuration)
            } catch .damagedFile(let file, let damage) where file == VectorIndex.graphPath(in: path) {
                logger.warning(
                    "building a damaged graph anew",
                    metadata: ["file": .string(file), "damage": .string(String(describing: damage))])
                index = try VectorIndex(directory: path, configuration: configuration, opening: .discardingGraph)
            }
            return VectorField(definition: definition, index: index)
        } catch {
            throw .vectors(field: definition.field, error)
        }
    }

    /// Fills in what is live and what is dead.
    ///
    /// - Returns: sequence numbers by ordinal, for documents that a graph's checkpoint may miss.
    private func liveDocuments(_ state: inout ShardState) throws(ShardError) -> [UInt32: Int64] {
        let covered = state.vectorFields.values.map(\.index.coveredSequenceNumber).min() ?? .max
        var words = [UInt64](repeating: 0, count: (Int(state.nextOrdinal) + 63) / 64)
        var dead: [UInt32] = []
        let recent = try store.read { database in
            let cursor = try Row.fetchCursor(database, sql: "SELECT ordinal, seq_no FROM ids WHERE ordinal IS NOT NULL")
            var recent: [UInt32: Int64] = [:]
            while let row = try cursor.next() {
                let ordinal: UInt32 = try row.value(0)
                let sequenceNumber: Int64 = try row.value(1)
                guard Int(ordinal >> 6) < words.count else {
                    throw ShardError.damagedFile(
                        path: store.path, reason: "document \(ordinal) is beyond the last ordinal")
                }
                words[Int(ordinal >> 6)] |= 1 << UInt64(ordinal & 63)
                if sequenceNumber > covered { recent[ordinal] = sequenceNumber }
            }
            dead = try Row.fetchAll(database, sql: "SELECT ordinal FROM tombstones ORDER BY ordinal").map {
                try $0.value(0)
            }
            return recent
        }
        state.live = OrdinalSet(words: words)
        state.dead = dead.map { (ordinal: $0, generation: 0) }
        return recent
    }

    /// Inserts what the graph's checkpoint does not cover.
    ///
    /// - Returns: the ordinals that have a vector in this field.
    private func replay(
        _ field: VectorField, _ name: String, _ state: ShardState, _ sequenceNumbers: [UInt32: Int64]
    ) throws(ShardError) -> OrdinalSet {
        let postings = Postings(store: store, fields: state.fieldNumbers, limit: state.nextOrdinal)
        let ordinals = try postings.documents(having: name)
        let covered = field.index.coveredSequenceNumber
        let missing = ordinals.intersection(state.live).filter { ordinal in
            sequenceNumbers[ordinal].map { $0 > covered } ?? false
        }
        guard !missing.isEmpty else { return ordinals }
        logger.info(
            "inserting vectors that the last checkpoint does not cover",
            metadata: ["field": .string(name), "vectors": .stringConvertible(missing.count)])
        do throws(VectorIndexError) {
            try field.index.insert(missing, threads: graphThreads)
        } catch .missingVector(let ordinal) {
            throw .damagedFile(
                path: VectorIndex.vectorsPath(in: field.index.directory),
                reason: "the vector of document \(ordinal) is missing")
        } catch {
            throw .vectors(field: name, error)
        }
        return ordinals
    }
}
