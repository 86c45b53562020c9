internal import JSON
internal import Shards

/// `dense_vector` of statistics: how many vectors there are, and the bytes that they take by the kinds of files that Lucene would
/// keep them in: raw (`vec`), codes of bytes (`veq`) and bits (`veb`), links (`vex`).
struct VectorStatistics {
    private struct Sizes {
        var raw = 0, codes = 0, bits = 0, links = 0

        var members: [(String, Int)] { [("veb", bits), ("vec", raw), ("veq", codes), ("vex", links)] }

        mutating func add(_ field: VectorFieldStatistics) {
            raw += field.rawBytes
            if field.codeBits == 1 { bits += field.codeBytes } else { codes += field.codeBytes }
            links += field.graphBytes
        }
    }

    private let fields: [VectorFieldStatistics]

    init(_ fields: [VectorFieldStatistics]) {
        self.fields = fields
    }

    func json(showsFields: Bool) -> JSONValue {
        var members: JSONMembers = ["value_count": .int(fields.reduce(0) { $0 + $1.count })]
        let held = fields.filter { $0.count > 0 }
        if held.isEmpty { return .object(members) }
        var total = Sizes()
        for field in held { total.add(field) }
        var offHeap: JSONMembers = ["total_size_bytes": .int(total.members.reduce(0) { $0 + $1.1 })]
        for (name, bytes) in total.members { offHeap["total_\(name)_size_bytes"] = .int(bytes) }
        if showsFields {
            let byField = Dictionary(grouping: held, by: \.field).sorted { $0.key < $1.key }.map { name, parts in
                var sizes = Sizes()
                for part in parts { sizes.add(part) }
                let shown = sizes.members.filter { $0.1 > 0 }.map { ("\($0.0)_size_bytes", JSONValue.int($0.1)) }
                return (name, JSONValue.object(shown.members))
            }
            offHeap["fielddata"] = .object(byField.members)
        }
        members["off_heap"] = .object(offHeap)
        return .object(members)
    }
}
