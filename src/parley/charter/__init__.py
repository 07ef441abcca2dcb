"""The charter room: who the members are, what they agreed, and whose key may sign what.

Everything here is a plain function of bytes and earlier statements: no I/O, no clock, no randomness. Nothing
assumes a number of members, their names or their order; the order of members is data of the charter and gives
none of them a privilege.

    terms, terms_cbor, terms_rules   what a charter says: shapes, CBOR layout, rules
    charter                          the charter itself, its digest, its members, who sees what
    founding                         a draft and root keys make a charter or an amendment
    charter_toml, charter_text       the text form that people edit, read and written
    toml_table                       strict reading of TOML tables
    adoption                         the file all members sign with their root keys
    amendments                       which amendment is adopted, told from assents in the members' logs
    directory_kinds, directory_build typed contents of ``directory.*``, ``charter.assent``, ``log.reopen``; their making
    directory, directory_view        the fold of one member's directory statements, and what it answers
    signers                          which key was good for what, by place in the log
    mandate, admission               whether a statement is void, and why
"""
