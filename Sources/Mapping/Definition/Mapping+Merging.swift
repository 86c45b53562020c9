internal import JSON

extension Mapping {
    /// This mapping with another's additions and permitted changes: what `PUT _mapping` and dynamic updates do.
    ///
    /// Settings of the root that `other` does not name stay. Merging a mapping with itself changes nothing.
    ///
    /// - Throws: `MappingError`, `.typeConflict` and its kin when a field would become something else.
    public func merging(_ other: Mapping) throws(MappingError) -> Mapping {
        var merged = definition
        try merged.root.merge(other.root, path: "")
        merged.dynamic.merge(other.dynamic)
        if source.mode == "synthetic", other.source.mode == "stored" {
            throw .parameterConflict(
                field: "_source", conflicts: [.init(parameter: "mode", old: "synthetic", new: "stored")])
        }
        if other.source != SourceMapping() { merged.source = other.source }
        merged.routingRequired = other.routingRequired ?? routingRequired
        merged.meta = other.meta ?? meta
        merged.runtime = runtime.merging(other.runtime)
        return try Mapping(merged, in: environment)
    }
}

extension DynamicSettings {
    fileprivate mutating func merge(_ other: DynamicSettings) {
        dateDetection = other.dateDetection ?? dateDetection
        numericDetection = other.numericDetection ?? numericDetection
        dateFormats = other.dateFormats ?? dateFormats
        for template in other.templates {
            if let index = templates.firstIndex(where: { $0.name == template.name }) {
                templates[index] = template
            } else {
                templates.append(template)
            }
        }
    }
}

extension ObjectMapping {
    mutating func merge(_ other: ObjectMapping, path: String) throws(MappingError) {
        if !path.isEmpty { try checkNesting(other, path: path) }
        dynamic = other.dynamic ?? dynamic
        if let new = other.subobjects, new != subobjects ?? true {
            throw .objectParameterConflict("subobjects", object: path.isEmpty ? "_doc" : path)
        }
        subobjects = other.subobjects ?? subobjects
        if isEnabled != other.isEnabled, !path.isEmpty, !(properties.isEmpty && isEnabled) {
            throw .objectParameterConflict("enabled", object: path)
        }
        isEnabled = other.isEnabled
        for (name, node) in other.properties { try merge(name: name, node, path: path) }
    }

    private func checkNesting(_ other: ObjectMapping, path: String) throws(MappingError) {
        guard (nested == nil) == (other.nested == nil) else { throw .nestedConflict(field: path) }
        guard let nested, let new = other.nested else { return }
        if nested.isIncludedInParent != new.isIncludedInParent { throw .nestedParameterConflict("include_in_parent") }
        if nested.isIncludedInRoot != new.isIncludedInRoot { throw .nestedParameterConflict("include_in_root") }
    }

    /// Adds a property, or merges it into the one that is there.
    mutating func merge(name: String, _ node: MappingNode, path: String) throws(MappingError) {
        if isFlat { return try mergeFlat(name: name, node, path: path, dynamic: dynamic ?? .adding) }
        let full = path.isEmpty ? name : path + "." + name
        switch (properties[name], node) {
        case (nil, _): properties[name] = node
        case (.object(var old), .object(let new)):
            try old.merge(new, path: full)
            properties[name] = .object(old)
        case (.field(let old), .field(let new)): properties[name] = .field(try old.merging(new, path: full))
        case (.object, .field): throw .objectConflict(field: full, wasObject: true)
        case (.field, .object): throw .objectConflict(field: full, wasObject: false)
        }
    }
}

extension FieldMapping {
    func merging(_ other: FieldMapping, path: String) throws(MappingError) -> FieldMapping {
        guard type.name == other.type.name else {
            throw .typeConflict(field: path, old: type.name, new: other.type.name)
        }
        var merged = other
        if case .denseVector(let old) = type, case .denseVector(let new) = other.type {
            merged = FieldMapping(
                type: .denseVector(try old.merging(new, field: path)), parameters: other.parameters)
        } else {
            if other.semantic?.model == nil, let model = semantic?.model { merged = other.knowing(model) }
            try checkParameters(merged, path: path)
        }
        merged.fields = fields
        for (name, field) in other.fields {
            merged.fields[name] = try fields[name]?.merging(field, path: path + "." + name) ?? field
        }
        return merged
    }

    private func isAllowed(_ parameter: String, from old: JSONValue, to new: JSONValue) -> Bool {
        guard case .served(let served) = type else { return false }
        return served.definition.allows(parameter, from: old, to: new)
    }

    private func checkParameters(_ other: FieldMapping, path: String) throws(MappingError) {
        let conflicts = (MappingParameter.table(ofType: type.name) ?? []).compactMap { parameter in
            let old = parameters[parameter.name] ?? parameter.shownDefault
            let new = other.parameters[parameter.name] ?? parameter.shownDefault
            return parameter.isUpdatable || old == new || isAllowed(parameter.name, from: old, to: new)
                ? nil : MappingError.ParameterConflict(parameter: parameter.name, old: old, new: new)
        }
        guard conflicts.isEmpty else { throw .parameterConflict(field: path, conflicts: conflicts) }
    }
}

extension DenseVectorOptions {
    /// Dimensions may become known, and the index type may move to a later one; `m` may only grow.
    fileprivate func merging(_ other: DenseVectorOptions, field: String) throws(MappingError) -> DenseVectorOptions {
        var conflicts: [MappingError.ParameterConflict] = []
        func require(_ allowed: Bool, _ parameter: String, _ old: JSONValue, _ new: JSONValue) {
            if !allowed { conflicts.append(.init(parameter: parameter, old: old, new: new)) }
        }
        require(
            elementType == other.elementType, "element_type", .string(elementType.rawValue),
            .string(other.elementType.rawValue))
        require(
            dimensions == nil || other.dimensions == nil || dimensions == other.dimensions, "dims",
            dimensions.map { .int($0) } ?? .null, other.dimensions.map { .int($0) } ?? .null)
        require(isIndexed == other.isIndexed, "index", .bool(isIndexed), .bool(other.isIndexed))
        require(
            similarity == other.similarity, "similarity", .string(similarity.rawValue),
            .string(other.similarity.rawValue))
        var merged = self
        merged.dimensions = dimensions ?? other.dimensions
        if let new = other.explicitIndexOptions {
            require(
                indexOptions.canBecome(new), "index_options", .object(indexOptions.encodedMembers),
                .object(new.encodedMembers))
            merged.explicitIndexOptions = new
        }
        guard conflicts.isEmpty else { throw .parameterConflict(field: field, conflicts: conflicts) }
        try merged.validateDimensions(field: field)
        return merged
    }
}

extension VectorIndexOptions {
    fileprivate func canBecome(_ other: VectorIndexOptions) -> Bool {
        let order = IndexType.allCases
        guard let old = order.firstIndex(of: type), let new = order.firstIndex(of: other.type) else { return false }
        return old <= new && (!type.hasLinks || !other.type.hasLinks || links <= other.links)
    }
}
