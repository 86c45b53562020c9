public import Mapping

extension ShardView {
    /// The next documents as operations that write them into another shard as they are: with their versions and sequence
    /// numbers, and all that is indexed of them.
    ///
    /// - Parameters:
    ///   - start: the first ordinal that is looked at.
    ///   - limit: ordinals that are looked at.
    ///   - mapping: the index's.
    /// - Returns: the operations, and the ordinal to go on from; nil at the end.
    /// - Throws: `ShardError`.
    /// - Complexity: the documents are parsed again, and their vectors read.
    public func copies(
        from start: UInt32, limit: UInt32, mapping: Mapping
    ) throws(ShardError) -> (operations: [ShardOperation], next: UInt32?) {
        let end = start.addingReportingOverflow(limit)
        let range = start..<(end.overflow ? self.limit : max(start, min(self.limit, end.partialValue)))
        let parser = DocumentParser(mapping: mapping, isLenient: true)
        var found: [(ordinal: UInt32, operation: ShardOperation, document: ParsedDocument)] = []
        try store.read { database in
            try store.eachDocument(in: range, among: live, parsedBy: parser, database) { ordinal, document, row in
                let operation = ShardOperation(
                    id: try row.value(4), routing: try row.optionalValue(7), action: .create(document),
                    version: ExternalVersion(try row.value(5), allowsEqual: true), sequenceNumber: try row.value(6))
                found.append((ordinal, operation, document))
            }
        }
        var operations: [ShardOperation] = []
        operations.reserveCapacity(found.count)
        for (ordinal, operation, parsed) in found {
            var document = parsed, operation = operation
            try restoreVectors(of: &document, ordinal: ordinal, mapping)
            let first = ordinal - UInt32(clamping: document.nested.count)
            for index in document.nested.indices {
                try restoreVectors(of: &document.nested[index].content, ordinal: first + UInt32(index), mapping)
            }
            operation.action = .create(document)
            operations.append(operation)
        }
        return (operations, range.upperBound < self.limit ? range.upperBound : nil)
    }

    private func restoreVectors(of document: inout ParsedDocument, ordinal: UInt32, _ mapping: Mapping) throws(ShardError) {
        for field in vectorFields.keys where !document.vectors.contains(where: { $0.field == field }) {
            guard case .denseVector(var options)? = mapping.field(field)?.type, let values = try vector(field: field, ordinal: ordinal)
            else { continue }
            options.dimensions = options.dimensions ?? values.count * options.elementType.dimensionsPerComponent
            document.restore(.init(field: field, options: options, values: values))
        }
    }
}
