internal import FieldIndex
internal import Ordinals
internal import Query

/// The values that documents are sorted by where these are of their nested objects.
struct NestedSortValues {
    let view: ShardView
    let order: NestedOrder

    /// The objects whose values count.
    ///
    /// - Throws: `ShardError`.
    func objects() throws(ShardError) -> OrdinalSet {
        var parents = view.live
        var objects = OrdinalSet()
        for (level, filter) in order.levels {
            objects = view.objects(of: level, in: parents)
            if let filter { objects = try QueryExecutor(view: view).matches(filter, among: objects).ordinals }
            parents = objects
        }
        guard let maximum = order.maximumChildren else { return objects }
        var kept: [UInt32] = []
        var last: UInt32?, count = 0
        forEachObject(objects) { object, document in
            count = last == document ? count + 1 : 1
            last = document
            if count <= maximum { kept.append(object) }
        }
        return OrdinalSet(kept)
    }

    /// Calls `body` with each of the objects and its document.
    func forEachObject(_ objects: OrdinalSet, _ body: (_ object: UInt32, _ document: UInt32) -> Void) {
        view.forEachObject(objects, of: NestedLevel(path: order.levels.last?.level.path ?? "", parent: nil), body)
    }

    /// The document of each object that comes up, in ascending order.
    struct Documents {
        private let documents: OrdinalSet
        private var current: UInt32?

        init(_ view: ShardView) { documents = view.live }

        mutating func document(of object: UInt32) -> UInt32 {
            if current.map({ $0 < object }) ?? true { current = documents.first(from: object) }
            return current ?? object
        }
    }
}
