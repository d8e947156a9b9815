// node-zendesk against the stand-in: node node-zendesk.cjs URL CONTROL. Ends with 0 if all is as against Zendesk.
const assert = require('node:assert/strict')
const { createClient } = require('node-zendesk')

const [url, control] = process.argv.slice(2)

const command = async (name, parameters) => {
  const answer = await fetch(`${control}/${name}`, { method: 'POST', body: new URLSearchParams(parameters) })
  assert.equal(answer.status, 200, await answer.clone().text())
  return answer.json()
}

// Its own transport, and what a test wants to happen before a request.
const client = (token, before = async () => {}) =>
  createClient({
    endpointUri: `${url}/api/v2`,
    username: 'agent@example.com',
    subdomain: 'acme',
    token,
    oauth: true,
    transportConfig: {
      transportFn: async (address, options) => {
        await before(address)
        return fetch(address, options)
      },
      responseAdapter: response => response
    }
  })

const freshToken = async () => (await command('token', { client: 'node' })).access_token

const failsWith = async (status, call) => {
  const error = await call().then(() => assert.fail('It succeeded'), error => error)
  assert.match(String(error.message), new RegExp(status))
}

const tests = {
  async 'a ticket is created, updated, found and deleted'() {
    const zendesk = client(await freshToken())
    const sent = { subject: 'By Node', comment: { body: 'hello' }, tags: ['node'] }
    const { result: created } = await zendesk.tickets.create({ ticket: sent })
    assert.equal(created.description, 'hello')
    assert.ok(!('comment' in created))
    const { result: updated } = await zendesk.tickets.update(created.id, { ticket: { status: 'open' } })
    assert.equal(updated.status, 'open')
    assert.equal((await zendesk.tickets.getComments(created.id))[0].body, 'hello')
    const { result: found } = await zendesk.search.query('type:ticket tags:node')
    assert.deepEqual(found.map(each => each.id), [created.id])
    await zendesk.tickets.delete(created.id)
    await failsWith(404, () => zendesk.tickets.show(created.id))
  },

  async 'three pages are listed, and a token that dies between two of them ends the list'() {
    await command('ticket', { subject: 'One of many', times: 248 })
    const zendesk = client(await freshToken())
    const ids = (await zendesk.tickets.list()).map(ticket => ticket.id)
    assert.equal(ids.length, 250)
    assert.equal(new Set(ids).size, 250)
    let pages = 0
    const dying = client(await freshToken(), async () => {
      if (++pages === 2) await command('clock', { advance: 1801 })
    })
    await failsWith(401, () => dying.tickets.list())
    assert.equal(pages, 2)
    assert.equal((await client(await freshToken()).tickets.list()).length, 250)
  },

  async 'counts, users, fields and tags are read'() {
    const zendesk = client(await freshToken())
    const { result: counted } = await zendesk.tickets.get(['tickets', 'count'])
    assert.equal(counted.count.value, 250)
    assert.ok((await zendesk.ticketfields.count()).result.count.value >= 7)
    assert.equal((await zendesk.users.me()).result.email, 'agent@example.com')
    assert.ok((await zendesk.users.list()).length >= 1)
    assert.ok((await zendesk.ticketfields.list()).length >= 7)
    await zendesk.tags.list()
    assert.ok((await zendesk.tickets.incremental(0)).length > 0)
  },

  async 'tokens and clients are administrated'() {
    const zendesk = client(await freshToken())
    const { result: current } = await zendesk.oauthtokens.current()
    // It does not know the name "tokens", and hands the pages out as they are.
    const pages = await zendesk.oauthtokens.list()
    assert.ok(pages.flatMap(page => page.tokens).some(token => token.id === current.id))
    assert.ok((await zendesk.oauthclients.list()).some(each => each.identifier === 'node'))
    await zendesk.oauthtokens.revoke(current.id)
    await failsWith(401, () => zendesk.tickets.list())
  }
}

const run = async () => {
  for (const [name, test] of Object.entries(tests)) {
    await test()
    console.log(`ok ${name}`)
  }
}

run().catch(error => {
  console.error(error)
  process.exitCode = 1
})
