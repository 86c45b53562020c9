extension Parser {
    mutating func primary() throws(Failure) -> Expression {
        let token = token
        switch token.kind {
        case .integer(let value): return literal(.int(value))
        case .long(let value): return literal(.long(value))
        case .float(let value): return literal(.float(value))
        case .double(let value): return literal(.double(value))
        case .string(let value): return literal(.string(value))
        case .pattern(let pattern, let flags):
            guard let regex = BoundedRegex(pattern, flags: flags) else {
                throw Failure(fault: .badPattern(pattern), offset: token.offset)
            }
            return literal(.pattern(regex))
        case .symbol("("):
            advance()
            let value = try expression()
            try expect(")")
            return value
        case .symbol("["): return try list()
        case .word(let word): return try self.word(word, token.offset)
        case .symbol, .end: throw unexpected
        }
    }

    private mutating func literal(_ value: ScriptLiteral) -> Expression {
        advance()
        return .literal(value)
    }

    /// `[a, b]`, `[k: v]`, `[:]`
    private mutating func list() throws(Failure) -> Expression {
        advance()
        if take(":") {
            try expect("]")
            return .map([])
        }
        var values: [Expression] = [], keys: [Expression] = []
        while token.kind != .symbol("]") {
            if !values.isEmpty { try expect(",") }
            var value = try expression()
            if token.kind == .symbol(":"), keys.count == values.count {
                advance()
                keys.append(value)
                value = try expression()
            }
            values.append(value)
        }
        try expect("]")
        if keys.isEmpty { return .list(values) }
        guard keys.count == values.count else { throw unexpected }
        return .map(zip(keys, values).map { ($0, $1) })
    }

    private mutating func word(_ word: String, _ offset: Int) throws(Failure) -> Expression {
        switch word {
        case "true", "false": return literal(.boolean(word == "true"))
        case "null": return literal(.null)
        case "new": return try make()
        default: break
        }
        if word == "this", peek(1) == .symbol("::") {
            advance()
            advance()
            return .reference(nil, type: nil, name: try name(), offset: offset)
        }
        guard !Self.keywords.contains(word) else { throw unexpected }
        if scope.variable(word) == nil, let reference = try reference(offset) { return reference }
        if peek(1) == .symbol("(") { return try call(word, offset) }
        if let variable = scope.variable(word) {
            advance()
            localTypes[variable.slot] = variable.type
            return .local(variable.slot)
        }
        if surroundings.globals.contains(word) {
            advance()
            return .global(word, offset: offset)
        }
        if let statically = try staticMember(offset) { return statically }
        throw Failure(fault: .unknownSymbol(word), offset: offset)
    }

    /// `Type::method`
    private mutating func reference(_ offset: Int) throws(Failure) -> Expression? {
        let start = mark
        guard let (type, simple) = self.type(), take("::"), case .word(let name) = token.kind else {
            mark = start
            return nil
        }
        advance()
        return .reference(nil, type: type.arrayDepth > 0 ? simple + "[]" : simple, name: name, offset: offset)
    }

    /// A call of a declared function or of one of the context's.
    private mutating func call(_ name: String, _ offset: Int) throws(Failure) -> Expression {
        advance()
        try expect("(")
        var arguments: [Expression] = []
        while token.kind != .symbol(")") {
            if !arguments.isEmpty { try expect(",") }
            arguments.append(try expression())
        }
        try expect(")")
        if let function = functionNames[name]?.first(where: { $0.parameters == arguments.count }) {
            return .functionCall(function.number, arguments, offset: offset)
        }
        if surroundings.functions[name]?.contains(arguments.count) == true {
            program.sites += 1
            return .contextCall(name: name, site: program.sites - 1, arguments, offset: offset)
        }
        throw Failure(fault: .unknownCall(name: name, arguments: arguments.count), offset: offset)
    }

    /// `Math.E`, `Integer.parseInt(…)`
    private mutating func staticMember(_ offset: Int) throws(Failure) -> Expression? {
        let start = mark
        guard let (_, type) = self.type(), take("."), case .word(let name) = token.kind else {
            mark = start
            return nil
        }
        advance()
        guard token.kind == .symbol("(") else { return .staticMember(type: type, name: name, offset: offset) }
        let (arguments, lambda) = try arguments()
        return .staticCall(type: type, name: name, arguments, lambda, offset: offset)
    }

    /// `new ArrayList()`, `new int[3]`, `new def[] {1, 2}`
    private mutating func make() throws(Failure) -> Expression {
        let offset = token.offset
        advance()
        let (type, name) = try requiredType()
        if type.arrayDepth > 0 {
            try expect("{")
            var values: [Expression] = []
            while token.kind != .symbol("}") {
                if !values.isEmpty { try expect(",") }
                values.append(try expression())
            }
            try expect("}")
            return .list(values)
        }
        if token.kind == .symbol("[") {
            var sizes: [Expression] = []
            while take("[") {
                sizes.append(try expression())
                try expect("]")
            }
            return .makeArray(type, sizes, offset: offset)
        }
        let (arguments, lambda) = try arguments()
        guard lambda == nil else { throw Failure(fault: .unknownCall(name: name, arguments: arguments.count + 1), offset: offset) }
        return .make(type: name, arguments, offset: offset)
    }
}
