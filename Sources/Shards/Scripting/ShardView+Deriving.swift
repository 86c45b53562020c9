internal import FieldIndex
public import JSON
public import Mapping
public import Ordinals
public import Query
internal import Scripts
internal import Synchronization

extension ShardView {
    /// The most computed fields that a view keeps for the searches that follow.
    private static let maximumKept = 16

    /// This view with fields that are computed for all of its documents, and kept for whoever asks for the same.
    ///
    /// - Parameters:
    ///   - fields: each after those that it is computed of.
    ///   - mapping: by which scripts read fields.
    /// - Throws: `ShardError.script`, `.derivedValue`.
    /// - Complexity: O(documents) for each field that is not kept yet.
    public func deriving(_ fields: [DerivedField], mapping: Mapping) throws(ShardError) -> ShardView {
        var view = self
        for (place, field) in fields.enumerated() {
            // It may be computed of those before it.
            let chain = Array(fields[...place])
            if let known = derived.withLock({ $0[field.name] }), known.fields == chain {
                view = view.adding(known.segment, as: field.name)
                continue
            }
            var derivation = FieldDerivation(field, of: live, scores: nil, view: view, mapping: mapping)
            let segment = try derivation.segment()
            derived.withLock { kept in
                if kept.count >= Self.maximumKept { kept = [:] }
                kept[field.name] = (chain, segment)
            }
            view = view.adding(segment, as: field.name)
        }
        return view
    }

    /// This view with fields that are computed for some documents only.
    ///
    /// - Throws: as the other.
    public func deriving(
        _ fields: [DerivedField], mapping: Mapping, of documents: OrdinalSet, scores: [Float]? = nil
    ) throws(ShardError) -> ShardView {
        var view = self
        for field in fields {
            var derivation = FieldDerivation(field, of: documents, scores: scores, view: view, mapping: mapping)
            view = view.adding(try derivation.segment(), as: field.name)
        }
        return view
    }

    /// This view with fields that are computed for some documents only, in any order.
    ///
    /// - Throws: as the others.
    public func deriving(_ fields: [DerivedField], mapping: Mapping, of ordinals: [UInt32]) throws(ShardError) -> ShardView {
        try deriving(fields, mapping: mapping, of: OrdinalSet(ordinals.sorted()))
    }

    private func adding(_ segment: Segment?, as field: String) -> ShardView {
        ShardView(self, fields: fields.adding(segment, as: field), beneath: self, overlaid: field)
    }

    /// What script fields give for some documents.
    ///
    /// - Returns: for each document its values by name, in the order of the ordinals.
    /// - Throws: `ShardError.script`.
    public func values(
        _ fields: [ScriptFieldPlan], of ordinals: [UInt32], mapping: Mapping
    ) throws(ShardError) -> [[(name: String, value: JSONValue)]] {
        var found = [[(name: String, value: JSONValue)]](repeating: [], count: ordinals.count)
        for field in fields {
            let runner = field.script.makeRunner()
            try ScriptLoop(self, mapping, field.script.script).forEach(ordinals) { (document, place) throws(ShardError) in
                do throws(ScriptError) {
                    found[place].append((field.name, try runner.value(document)))
                } catch {
                    guard field.ignoresFailure else { throw .script(error) }
                }
            }
        }
        return found
    }
}
