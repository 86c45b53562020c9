internal import FieldIndex
internal import JSON
public import Mapping
internal import Ordinals
internal import Query
internal import Synchronization

/// Nested objects: each has an ordinal of its own, before that of what it is in. So what an object is in is the next ordinal of
/// its kind, as in Lucene's block joins.
extension ShardView {
    /// Whether documents have nested objects.
    var hasNested: Bool { !nestedObjects.isEmpty }

    /// The objects of a path that are there; nil: the documents themselves.
    ///
    /// - Complexity: O(ordinals / 64), once for each path.
    func objects(of path: String?) -> OrdinalSet {
        guard let path else { return live }
        if nestedObjects.isEmpty { return [] }
        if let known = objectsByPath.withLock({ $0[path] }) { return known }
        let objects = fields.documents(withAnyOf: [path], in: Mapping.nestedPathField).intersection(nestedObjects)
        objectsByPath.withLock { $0[path] = objects }
        return objects
    }

    /// Calls `body` with each of some objects of a level and what it is in.
    ///
    /// - Complexity: O(objects + ordinals / 64).
    func forEachObject(_ objects: OrdinalSet, of level: NestedLevel, _ body: (_ object: UInt32, _ parent: UInt32) -> Void) {
        let parents = self.objects(of: level.parent)
        var parent: UInt32?
        objects.forEach { object in
            if parent.map({ $0 < object }) ?? true { parent = parents.first(from: object) }
            if let parent { body(object, parent) }
        }
    }

    /// The objects of a level that are in some documents, or objects of its parent.
    func objects(of level: NestedLevel, in parents: OrdinalSet) -> OrdinalSet {
        let all = objects(of: level.path)
        if level.parent == nil, parents.count == live.count { return all }
        if parents.count < all.count / Self.objectsWalked { return fewObjects(all, of: level, in: parents) }
        var words = [UInt64](repeating: 0, count: all.words.count)
        forEachObject(all, of: level) { object, parent in
            if parents.contains(parent) { words[Int(object >> 6)] |= 1 << UInt64(object & 63) }
        }
        return OrdinalSet(words: words)
    }

    /// For fewer documents than one in so many objects, each one's are looked for.
    private static let objectsWalked = 64

    /// - Complexity: O(objects of the documents).
    private func fewObjects(_ all: OrdinalSet, of level: NestedLevel, in parents: OrdinalSet) -> OrdinalSet {
        let around = level.parent.map { objects(of: $0) }
        var found: [UInt32] = []
        parents.forEach { parent in
            var object = parent
            while object > 0, nestedObjects.contains(object - 1), around?.contains(object - 1) != true {
                object -= 1
                if all.contains(object) { found.append(object) }
            }
        }
        return OrdinalSet(found)
    }

    /// What some objects of a level are in.
    func parents(of objects: OrdinalSet, _ level: NestedLevel) -> OrdinalSet {
        var words = [UInt64](repeating: 0, count: (Int(limit) + 63) / 64)
        forEachObject(objects, of: level) { _, parent in words[Int(parent >> 6)] |= 1 << UInt64(parent & 63) }
        return OrdinalSet(words: words)
    }

    /// The document that an ordinal belongs to: itself, or the one that the object is in.
    func document(of ordinal: UInt32) -> UInt32 {
        nestedObjects.contains(ordinal) ? live.first(from: ordinal) ?? ordinal : ordinal
    }

    /// Some documents and all the objects in them.
    func withObjects(_ documents: OrdinalSet) -> OrdinalSet {
        var all = documents
        documents.forEach { document in
            for object in nestedObjects.runStart(before: document)..<document { all.insert(object) }
        }
        return all
    }

    /// Where an object stands in its document; nil for a document.
    ///
    /// - Complexity: O(objects of the document).
    public func nestedIdentity(of ordinal: UInt32, _ mapping: Mapping) -> NestedIdentity? {
        guard nestedObjects.contains(ordinal), var path = mapping.nestedPaths.first(where: { objects(of: $0).contains(ordinal) })
        else { return nil }
        var steps: [NestedIdentity.Step] = []
        var object = ordinal
        while true {
            let outer = mapping.nestedPath(around: path)
            let siblings = objects(of: path), around = outer.map { objects(of: $0) }
            var offset = 0, before = object
            // Back to the end of what the object around it, or the document, is preceded by.
            while before > 0, nestedObjects.contains(before - 1), around?.contains(before - 1) != true {
                before -= 1
                if siblings.contains(before) { offset += 1 }
            }
            let name = outer.map { String(path.dropFirst($0.count + 1)) } ?? path
            steps.append(.init(field: name, offset: offset))
            guard let outer, let parent = objects(of: outer).first(from: object) else { break }
            (path, object) = (outer, parent)
        }
        return NestedIdentity(steps: steps.reversed())
    }

    /// The rows of documents; of a nested object, its document's with what stands around the object taken out of the source.
    ///
    /// - Throws: `ShardError`.
    public func documents(
        _ ordinals: [UInt32], includingSource: Bool, _ mapping: Mapping
    ) throws(ShardError) -> [ShardDocument] {
        guard hasNested, ordinals.contains(where: { nestedObjects.contains($0) }) else {
            return try documents(ordinals, includingSource: includingSource)
        }
        var last: (ordinal: UInt32, source: JSONDocument?)?
        var found = try documents(ordinals.map { document(of: $0) }, includingSource: includingSource)
        for (index, ordinal) in ordinals.enumerated() where found[index].ordinal != ordinal {
            let document = found[index]
            found[index].ordinal = ordinal
            guard let source = document.source, let identity = nestedIdentity(of: ordinal, mapping) else { continue }
            if last?.ordinal != document.ordinal { last = (document.ordinal, try? JSONDocument(parsing: source)) }
            found[index].source = last?.source.map { identity.isolated(in: $0.root).serialized() }
        }
        return found
    }
}
