internal import Mapping
internal import Scripts

/// Goes through documents for a script, one after the other.
struct ScriptLoop {
    /// Documents whose rows are read at once.
    private static let batch = 256

    let view: ShardView
    let mapping: Mapping
    /// Whether the documents' sources will be asked for.
    let readsSource: Bool

    init(_ view: ShardView, _ mapping: Mapping, _ script: Script) {
        self.init(view, mapping, readsSource: script.source.contains("_source") || script.source.contains("_fields"))
    }

    init(_ view: ShardView, _ mapping: Mapping, readsSource: Bool) {
        self.view = view
        self.mapping = mapping
        self.readsSource = readsSource
    }

    /// - Parameter body: is given the document, and its place among all.
    /// - Throws: what `body` throws, and `ShardError` where sources cannot be read.
    func forEach(_ ordinals: [UInt32], _ body: (ColumnDocument, Int) throws(ShardError) -> Void) throws(ShardError) {
        let document = ColumnDocument(view: view, mapping: mapping)
        guard readsSource else {
            for (place, ordinal) in ordinals.enumerated() {
                document.move(to: ordinal)
                try body(document, place)
            }
            return
        }
        for start in stride(from: 0, to: ordinals.count, by: Self.batch) {
            let part = Array(ordinals[start..<min(start + Self.batch, ordinals.count)])
            for (place, stored) in try view.documents(part, includingSource: true, mapping).enumerated() {
                document.move(to: stored.ordinal, stored)
                try body(document, start + place)
            }
        }
    }
}

/// Runs a script, whose failure is the shard's.
func running<Value>(_ body: () throws(ScriptError) -> Value) throws(ShardError) -> Value {
    do throws(ScriptError) {
        return try body()
    } catch {
        throw .script(error)
    }
}
