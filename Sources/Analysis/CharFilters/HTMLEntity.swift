/// The entities of HTML 4: by name or by number.
///
/// Source: https://www.w3.org/TR/html401/sgml/entities.html
enum HTMLEntity {
    /// The entity at an ampersand, and what it stands for.
    static func read(_ bytes: [UInt8], at start: Int) -> (end: Int, replacement: [UInt8])? {
        let limit = min(bytes.count, start + 12)
        var end = start + 1
        while end < limit, isNamePart(bytes[end]) { end += 1 }
        let name = String(decoding: bytes[(start + 1)..<end], as: UTF8.self)
        let hasSemicolon = end < bytes.count && bytes[end] == UInt8(ascii: ";")
        if name.hasPrefix("#") {
            let digits = name.dropFirst()
            let value = digits.hasPrefix("x") || digits.hasPrefix("X") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
            guard let value else { return nil }
            return (hasSemicolon ? end + 1 : end, encoded(value == 0xA0 ? 0x20 : value))
        }
        // Without a semicolon only those count that old pages use so.
        guard let value = scalars[name], hasSemicolon || value < 0x100 else { return nil }
        return (hasSemicolon ? end + 1 : end, encoded(value))
    }

    private static func isNamePart(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "#")
    }

    private static func encoded(_ value: UInt32) -> [UInt8] {
        var bytes: [UInt8] = []
        UTF8Scalars.append(Unicode.Scalar(value) == nil ? 0xFFFD : value, to: &bytes)
        return bytes
    }

    private static let scalars: [String: UInt32] = {
        var scalars: [String: UInt32] = ["amp": 0x26, "lt": 0x3C, "gt": 0x3E, "quot": 0x22, "apos": 0x27]
        for (index, name) in latin.split(separator: " ").enumerated() { scalars[String(name)] = 0xA0 + UInt32(index) }
        // Spaces that do not break would glue words together.
        scalars["nbsp"] = 0x20
        for pair in others.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
            let parts = pair.split(separator: "=")
            if parts.count == 2, let value = UInt32(parts[1], radix: 16) { scalars[String(parts[0])] = value }
        }
        return scalars
    }()

    /// U+00A0 to U+00FF.
    private static let latin =
        "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot "
        + "cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml "
        + "Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig "
        + "agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute "
        + "ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml"

    private static let others = """
        OElig=152 oelig=153 Scaron=160 scaron=161 Yuml=178 fnof=192 circ=2c6 tilde=2dc ensp=2002 emsp=2003 thinsp=2009 zwnj=200c zwj=200d
        lrm=200e rlm=200f ndash=2013 mdash=2014 lsquo=2018 rsquo=2019 sbquo=201a ldquo=201c rdquo=201d bdquo=201e dagger=2020
        Dagger=2021 bull=2022 hellip=2026 permil=2030 prime=2032 Prime=2033 lsaquo=2039 rsaquo=203a oline=203e frasl=2044 euro=20ac
        image=2111 weierp=2118 real=211c trade=2122 alefsym=2135 larr=2190 uarr=2191 rarr=2192 darr=2193 harr=2194
        Alpha=391 Beta=392 Gamma=393 Delta=394 Epsilon=395 Zeta=396 Eta=397 Theta=398 Iota=399 Kappa=39a Lambda=39b Mu=39c Nu=39d Xi=39e
        Omicron=39f Pi=3a0 Rho=3a1 Sigma=3a3 Tau=3a4 Upsilon=3a5 Phi=3a6 Chi=3a7 Psi=3a8 Omega=3a9 alpha=3b1 beta=3b2 gamma=3b3 delta=3b4
        epsilon=3b5 zeta=3b6 eta=3b7 theta=3b8 iota=3b9 kappa=3ba lambda=3bb mu=3bc nu=3bd xi=3be omicron=3bf pi=3c0 rho=3c1 sigmaf=3c2
        sigma=3c3 tau=3c4 upsilon=3c5 phi=3c6 chi=3c7 psi=3c8 omega=3c9 infin=221e asymp=2248 ne=2260 le=2264 ge=2265 loz=25ca
        spades=2660 clubs=2663 hearts=2665 diams=2666
        """
}
