internal import JSON

/// Finds the calls of vector functions whose vector and field do not change from document to document.
struct VectorCallFinder {
    let parameters: ScriptParameters
    /// Whether a call can be computed for all documents at once.
    let isShared: (ScoreScript.VectorCall) -> Bool
    private(set) var calls: [ScoreScript.VectorCall] = []
    private(set) var sites: [Int?]
    /// Where a call stands whose parameter is missing.
    private(set) var offset = 0
    private var missing: String?

    init(parameters: ScriptParameters, count: Int, isShared: @escaping (ScoreScript.VectorCall) -> Bool) {
        self.parameters = parameters
        self.isShared = isShared
        sites = [Int?](repeating: nil, count: count)
    }

    mutating func visit(_ program: ScriptProgram) {
        for function in program.functions { visit(function.body) }
        visit(program.body)
    }

    func check() throws(ScriptFault) {
        if let missing { throw .nullReference(missing) }
    }

    private mutating func visit(_ statements: [Statement]) {
        for statement in statements { for expression in statement.expressions { visit(expression) } }
    }

    private mutating func visit(_ expression: Expression) {
        if case .contextCall(let name, let site, let arguments, let offset) = expression,
            let function = VectorScriptFunction(rawValue: name), arguments.count == 2,
            case .literal(.string(let field)) = arguments[1], sites.indices.contains(site)
        {
            if let query = constant(arguments[0], offset) {
                let call = ScoreScript.VectorCall(function: function, field: field, query: query)
                guard isShared(call) else { return }
                if let known = calls.firstIndex(of: call) {
                    sites[site] = known
                } else {
                    sites[site] = calls.count
                    calls.append(call)
                }
                return
            }
        }
        let (expressions, lambda) = expression.children
        for child in expressions { visit(child) }
        if let lambda { visit(lambda.body) }
    }

    private mutating func constant(_ expression: Expression, _ offset: Int) -> ScoreScript.VectorCall.Query? {
        let name: String
        switch expression {
        case .member(.global("params", _), let member, _, _): name = member
        case .element(.global("params", _), .literal(.string(let key)), _): name = key
        case .list(let elements):
            var vector: [Float] = []
            for element in elements {
                guard let value = Self.number(element) else { return nil }
                vector.append(value)
            }
            return .vector(vector)
        default: return nil
        }
        switch parameters[name] {
        case .doubles(let values)?: return .vector(values.map { Float($0) })
        case .json(.floats(let values))?: return .vector(values)
        case .json(.string(let text))?: return .encoded(text)
        case .json(.array(let values))?:
            var vector: [Float] = []
            for value in values {
                switch value {
                case .int(let number): vector.append(Float(number))
                case .double(let number): vector.append(Float(number))
                case .float(let number): vector.append(number)
                default: return nil
                }
            }
            return .vector(vector)
        case .json?: return nil
        case nil:
            if missing == nil { (missing, self.offset) = (name, offset) }
            return nil
        }
    }

    private static func number(_ expression: Expression) -> Float? {
        switch expression {
        case .literal(.int(let value)): Float(value)
        case .literal(.long(let value)): Float(value)
        case .literal(.float(let value)): value
        case .literal(.double(let value)): Float(value)
        case .unary(.minus, let operand, _): number(operand).map { -$0 }
        default: nil
        }
    }
}
